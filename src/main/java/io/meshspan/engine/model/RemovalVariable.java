package io.meshspan.engine.model;

import io.meshspan.change.Removal;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.springframework.stereotype.Component;

/** What a removal deletes, as a process variable. A change that installs has none. */
@Component("removalAsked")
public final class RemovalVariable {

    public static final String NAME = "removal";

    public static void write(VariableScope scope, Removal removal) {
        JsonVariable.write(scope, NAME, removal);
    }

    static Optional<Removal> read(VariableScope scope) {
        return scope.getVariable(NAME) == null
                ? Optional.empty()
                : Optional.of(JsonVariable.read(scope, NAME, Removal.class));
    }

    /** For the diagrams: whether the removal also deletes Istio's CRDs. */
    public boolean forCrds(DelegateExecution execution) {
        return read(execution).map(Removal::crds).orElse(false);
    }
}

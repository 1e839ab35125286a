package io.meshspan.engine.model;

import io.meshspan.audit.Changes;
import io.meshspan.change.ChangeKind;
import io.meshspan.change.Removal;
import io.meshspan.evidence.RecordedRequest;
import java.util.List;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.springframework.stereotype.Component;

/**
 * The kind of change that an execution belongs to. It comes from the record, which no variable can change. Only a process
 * without a recorded request, such as a called process that is started alone, uses its variables.
 */
@Component
public final class ChangeKinds {

    private final Changes changes;

    ChangeKinds(Changes changes) {
        this.changes = changes;
    }

    public ChangeKind of(VariableScope change) {
        return RecordedRequest.kind(changes, ChangeId.top(change).getId()).orElseGet(() -> byVariables(change));
    }

    private static ChangeKind byVariables(VariableScope change) {
        if (Boolean.TRUE.equals(change.getVariable(VariableNames.VERIFY_ONLY))) {
            return new ChangeKind.Verify();
        }
        Removal removal = RemovalVariable.read(change).orElseGet(() -> new Removal(List.of(), false, false));
        return removal.clusters().isEmpty()
                ? new ChangeKind.Install()
                : ChangeKind.earlier("", MeshVariable.read(change).clusters(), removal);
    }
}

package io.meshspan.process.model;

import io.meshspan.audit.AuditLog;
import io.meshspan.audit.AuditRecord;
import io.meshspan.kubernetes.Applied;
import io.meshspan.mesh.ClusterName;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Writes down what a step did, in the step's own transaction. */
@Component
public final class ChangeRecord {

    private final AuditLog audit;

    ChangeRecord(AuditLog audit) {
        this.audit = audit;
    }

    public void applied(DelegateExecution execution, List<Applied> objects) {
        objects.forEach(applied -> audit.write(new AuditRecord(
                ChangeId.of(execution),
                execution.getProcessBusinessKey(),
                execution.getCurrentActivityName(),
                null,
                applied.cluster().value(),
                applied.object().toString(),
                applied.outcome().name(),
                null)));
    }

    /** Something found out or decided, as opposed to an object written. */
    public void noted(DelegateExecution execution, String what, String result, String detail) {
        audit.write(new AuditRecord(
                ChangeId.of(execution),
                execution.getProcessBusinessKey(),
                execution.getCurrentActivityName(),
                null,
                (String) execution.getVariable(Names.CLUSTER),
                what,
                result,
                detail));
    }

    /** Whose turn it is in a cluster. */
    public void held(DelegateExecution execution, ClusterName cluster, String result, String other) {
        audit.write(new AuditRecord(
                ChangeId.of(execution),
                execution.getProcessBusinessKey(),
                Objects.requireNonNullElse(execution.getCurrentActivityName(), "End of change"),
                null,
                cluster.value(),
                "Lease",
                result,
                other));
    }
}

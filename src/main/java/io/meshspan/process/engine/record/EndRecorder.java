package io.meshspan.process.engine.record;

import io.meshspan.audit.AuditLog;
import io.meshspan.audit.Kind;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.springframework.beans.factory.ObjectProvider;

/** Writes down how a change ended: the end event that it came to, or who deleted it and why. */
final class EndRecorder implements ExecutionListener {

    private final ObjectProvider<AuditLog> audit;

    EndRecorder(ObjectProvider<AuditLog> audit) {
        this.audit = audit;
    }

    @Override
    public void notify(DelegateExecution execution) {
        boolean called = execution.getSuperExecution() != null;
        if (!called) {
            String end = execution.isCanceled() ? "Deleted" : Outcome.of(execution);
            String reason = ((ExecutionEntity) execution).getDeleteReason();
            audit.getObject()
                    .write(Recorded.of(
                            Kind.ENDED,
                            execution,
                            end,
                            execution.isCanceled() ? Recorded.actor() : null,
                            "change",
                            end,
                            reason,
                            null));
        }
    }
}

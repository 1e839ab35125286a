package io.meshspan.process.engine;

import io.meshspan.audit.AuditLog;
import io.meshspan.audit.AuditRecord;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Writes down at which end a change came to its end: verified, rejected, expired, stopped or deleted. */
@Component
final class EndRecorder implements ExecutionListener {

    private final ObjectProvider<AuditLog> audit;

    EndRecorder(ObjectProvider<AuditLog> audit) {
        this.audit = audit;
    }

    @Override
    public void notify(DelegateExecution ended) {
        boolean called = ended.getSuperExecution() != null;
        if (!called) {
            audit.getObject()
                    .write(new AuditRecord(
                            ended.getProcessInstanceId(),
                            Objects.requireNonNullElse(ended.getProcessBusinessKey(), "-"),
                            Objects.requireNonNullElse(ended.getCurrentActivityName(), "-"),
                            null,
                            null,
                            "change",
                            ended.isCanceled() ? "DELETED" : "ENDED",
                            null));
        }
    }
}

package io.meshspan.process.engine.record;

import io.meshspan.audit.AuditLog;
import io.meshspan.audit.RecordKind;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.springframework.beans.factory.ObjectProvider;

/** Writes down that a step failed with a finding, on the way to the person who weighs it. */
final class FailureRecorder implements ExecutionListener {

    private final ObjectProvider<AuditLog> audit;
    private final String step;
    private final String activity;

    FailureRecorder(ObjectProvider<AuditLog> audit, ActivityImpl failed) {
        this.audit = audit;
        // A step that runs once a cluster is wrapped in an activity without a name.
        ActivityImpl named = failed.getName() == null && !failed.getActivities().isEmpty()
                ? failed.getActivities().get(0)
                : failed;
        this.activity = named.getId();
        this.step = Objects.requireNonNullElse(named.getName(), activity);
    }

    @Override
    public void notify(DelegateExecution execution) {
        ExecutionEntity token = (ExecutionEntity) execution;
        audit.getObject()
                .write(ExecutionRecord.of(
                        RecordKind.FAILED,
                        execution,
                        step,
                        null,
                        step,
                        Objects.toString(execution.getVariable("failureCode"), "FAILED"),
                        Objects.toString(execution.getVariable("failureText"), ""),
                        Map.of(
                                "process", token.getProcessDefinition().getKey(),
                                "definition", token.getProcessDefinitionId(),
                                "instance", token.getProcessInstanceId(),
                                "activity", activity)));
    }
}

package io.meshspan.engine.record;

import io.meshspan.audit.AuditLog;
import io.meshspan.audit.RecordKind;
import io.meshspan.engine.model.VariableNames;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.springframework.beans.factory.ObjectProvider;

/** Records that a step failed with a finding, before a person is asked. */
final class FailureRecorder implements ExecutionListener {

    private final ObjectProvider<AuditLog> audit;
    private final ActivityImpl failed;

    FailureRecorder(ObjectProvider<AuditLog> audit, ActivityImpl failed) {
        this.audit = audit;
        // A step that runs for each cluster is wrapped in an activity without a name.
        this.failed = failed.getName() == null && !failed.getActivities().isEmpty()
                ? failed.getActivities().get(0)
                : failed;
    }

    @Override
    public void notify(DelegateExecution execution) {
        ExecutionEntity token = (ExecutionEntity) execution;
        ActivityImpl activity =
                ErrorOrigin.in(execution).map(failed::findActivity).orElse(failed);
        String step = Objects.requireNonNullElse(activity.getName(), activity.getId());
        execution.setVariable(VariableNames.FAILED_STEP, step);
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
                                "activity", activity.getId())));
    }
}

package io.meshspan.process.engine;

import io.meshspan.audit.AuditLog;
import io.meshspan.audit.AuditRecord;
import io.meshspan.process.model.Names;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngineServices;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Writes down who decided what, after the engine's own listeners let the decision count. */
@Component
final class DecisionRecorder implements TaskListener {

    private final ObjectProvider<AuditLog> audit;

    DecisionRecorder(ObjectProvider<AuditLog> audit) {
        this.audit = audit;
    }

    @Override
    public void notify(DelegateTask task) {
        ExecutionEntity execution = (ExecutionEntity) task.getExecution();
        audit.getObject()
                .write(new AuditRecord(
                        execution.getRootProcessInstanceId(),
                        Objects.requireNonNullElse(execution.getProcessBusinessKey(), "-"),
                        Objects.requireNonNullElse(task.getName(), task.getTaskDefinitionKey()),
                        person(execution.getProcessEngineServices()),
                        (String) task.getVariable(Names.CLUSTER),
                        what(task),
                        result(task),
                        Objects.toString(task.getVariable("comment"), "")));
    }

    /** With the digest of the plan, where one is decided on. */
    private static String what(DelegateTask task) {
        Object digest = task.getVariable(Names.PLAN_DIGEST);
        return digest == null ? "decision" : "decision on plan " + digest;
    }

    private static String result(DelegateTask task) {
        if (task.getVariable("approved") instanceof Boolean approved && task.getVariable("decision") == null) {
            return approved ? "APPROVED" : "REJECTED";
        }
        return Objects.toString(task.getVariable("decision"), "COMPLETED");
    }

    private static String person(ProcessEngineServices engine) {
        return Optional.ofNullable(engine.getIdentityService().getCurrentAuthentication())
                .map(Authentication::getUserId)
                .orElse("(nobody logged in)");
    }
}

package io.meshspan.process.engine;

import io.meshspan.audit.AuditLog;
import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.Kind;
import io.meshspan.process.model.Names;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngineServices;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.jspecify.annotations.Nullable;
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
                        Kind.DECIDED,
                        execution.getRootProcessInstanceId(),
                        Objects.requireNonNullElse(execution.getProcessBusinessKey(), "-"),
                        Objects.requireNonNullElse(task.getName(), task.getTaskDefinitionKey()),
                        person(execution.getProcessEngineServices()),
                        (String) task.getVariable(Names.CLUSTER),
                        "decision",
                        result(task),
                        Objects.toString(task.getVariable("comment"), ""),
                        approval(execution)));
    }

    /** As the approval's own listener left it in the instance: who, when, and the digest of the plan. */
    private static @Nullable String approval(ExecutionEntity execution) {
        Object approval = execution.getProcessInstance().getVariableLocal("approval");
        return approval == null ? null : approval.toString();
    }

    private static String result(DelegateTask task) {
        if (isApproval(task)) {
            return Boolean.TRUE.equals(task.getVariable("approved")) ? "APPROVED" : "REJECTED";
        }
        return Objects.toString(task.getVariable("decision"), "COMPLETED");
    }

    /** As the diagram says: an earlier decision may still stand among the variables. */
    private static boolean isApproval(DelegateTask task) {
        return Stream.ofNullable(task.getBpmnModelElementInstance().getExtensionElements())
                .flatMap(extensions ->
                        extensions.getElementsQuery().filterByType(CamundaProperties.class).list().stream())
                .flatMap(properties -> properties.getCamundaProperties().stream())
                .anyMatch(property -> "meshspan.approval".equals(property.getCamundaName()));
    }

    private static String person(ProcessEngineServices engine) {
        return Optional.ofNullable(engine.getIdentityService().getCurrentAuthentication())
                .map(Authentication::getUserId)
                .orElse("(nobody logged in)");
    }
}

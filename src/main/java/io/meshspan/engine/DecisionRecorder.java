package io.meshspan.engine;

import io.meshspan.audit.AuditLog;
import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.RecordKind;
import io.meshspan.engine.model.FailedCluster;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.mesh.ClusterName;
import io.meshspan.notification.ChangeNotices;
import io.meshspan.notification.EventType;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngineServices;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Tells who is asked what, and writes down who decided what, after the engine's own listeners let the decision count. */
@Component
final class DecisionRecorder {

    private final ObjectProvider<AuditLog> audit;
    private final ObjectProvider<ChangeNotices> notices;

    DecisionRecorder(ObjectProvider<AuditLog> audit, ObjectProvider<ChangeNotices> notices) {
        this.audit = audit;
        this.notices = notices;
    }

    void asked(DelegateTask task, boolean approval) {
        ExecutionEntity execution = (ExecutionEntity) task.getExecution();
        Object drift = task.getVariable(VariableNames.DRIFT_DIGEST);
        if (drift != null) {
            notices.ifAvailable(told -> told.drifted(
                    task.getId(),
                    execution.getRootProcessInstanceId(),
                    mesh(execution),
                    String.valueOf(drift),
                    Objects.toString(task.getVariable(VariableNames.DRIFT_SUMMARY), "")));
            return;
        }
        Object ending = task.getVariable(VariableNames.RENEWAL_SUMMARY);
        if (ending != null) {
            notices.ifAvailable(told -> told.expiring(
                    task.getId(), execution.getRootProcessInstanceId(), mesh(execution), String.valueOf(ending)));
            return;
        }
        notices.ifAvailable(told -> told.asked(
                task.getId(),
                Objects.requireNonNullElse(name(task), task.getTaskDefinitionKey()),
                type(task, approval),
                execution.getRootProcessInstanceId(),
                mesh(execution),
                approval
                        ? cluster(task)
                        : FailedCluster.of(task).map(ClusterName::value).orElse(null)));
    }

    private static EventType type(DelegateTask task, boolean approval) {
        if (approval) {
            return EventType.APPROVAL_WAITING;
        }
        return ApprovalTask.isChoice(task.getBpmnModelElementInstance())
                ? EventType.CHOICE_WAITING
                : EventType.DECISION_WAITING;
    }

    /** @param record the variable that stores the decision, if the task is an approval */
    void write(DelegateTask task, Optional<String> record) {
        ExecutionEntity execution = (ExecutionEntity) task.getExecution();
        audit.getObject()
                .write(new AuditRecord(
                        RecordKind.DECIDED,
                        execution.getRootProcessInstanceId(),
                        mesh(execution),
                        Objects.requireNonNullElse(name(task), task.getTaskDefinitionKey()),
                        person(execution.getProcessEngineServices()),
                        cluster(task),
                        what(task),
                        result(task, record.isPresent()),
                        Objects.toString(task.getVariable("comment"), ""),
                        approval(task, record)));
    }

    private static String mesh(ExecutionEntity execution) {
        return Objects.requireNonNullElse(execution.getProcessBusinessKey(), "-");
    }

    /** The name in the diagram: the name of the task itself can be changed. */
    private static @Nullable String name(DelegateTask task) {
        return task.getBpmnModelElementInstance().getName();
    }

    /** The variable that the approval's own listener wrote: who, when, and the digest of the plan. */
    private static @Nullable String approval(DelegateTask task, Optional<String> record) {
        ExecutionEntity instance = ((ExecutionEntity) task.getExecution()).getProcessInstance();
        return record.map(instance::getVariableLocal).map(Object::toString).orElse(null);
    }

    /** The cluster for which the process was called, or the excluded cluster. */
    private static @Nullable String cluster(DelegateTask task) {
        return VariableNames.WITHOUT.equals(task.getVariable(VariableNames.DECISION))
                ? FailedCluster.of(task).map(ClusterName::value).orElse(null)
                : (String) task.getVariable(VariableNames.CLUSTER);
    }

    /** Includes the digest of the plan, if the decision is about a plan. */
    private static String what(DelegateTask task) {
        Object digest = task.getVariable(VariableNames.PLAN_DIGEST);
        return digest == null ? "decision" : "decision on plan " + digest;
    }

    private static String result(DelegateTask task, boolean approval) {
        if (approval) {
            return Boolean.TRUE.equals(task.getVariable("approved")) ? "APPROVED" : "REJECTED";
        }
        return Objects.toString(task.getVariable("decision"), "COMPLETED");
    }

    private static String person(ProcessEngineServices engine) {
        return Optional.ofNullable(engine.getIdentityService().getCurrentAuthentication())
                .map(Authentication::getUserId)
                .orElse("(nobody logged in)");
    }
}

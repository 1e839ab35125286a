package io.meshspan.process.engine.identity;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshspan.approval.Approval;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.spin.plugin.variable.SpinValues;

/** The variable that keeps a decision, Json {@code {approved, by, at, comment, planDigest}}, of the instance that asked. */
final class ApprovalVariable {

    private ApprovalVariable() {}

    /** Local to the process instance, and after the submission was checked: what was submitted cannot stand in for it. */
    static void write(DelegateTask task, String name, Approval approval) {
        ExecutionEntity instance = ((ExecutionEntity) task.getExecution()).getProcessInstance();
        instance.setVariableLocal(
                name, SpinValues.jsonValue(json(approval).toString()).create());
    }

    private static ObjectNode json(Approval approval) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("approved", approval.approved());
        json.put("by", approval.by());
        json.put("at", approval.at().toString());
        json.put("comment", approval.comment());
        json.put("planDigest", approval.planDigest().orElse(null));
        return json;
    }
}

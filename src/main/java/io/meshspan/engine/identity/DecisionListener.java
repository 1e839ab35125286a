package io.meshspan.engine.identity;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshspan.approval.Approval;
import io.meshspan.approval.Person;
import io.meshspan.engine.model.VariableNames;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.spin.plugin.variable.SpinValues;
import org.springframework.beans.factory.ObjectProvider;

/** Accepts a decision if the right person takes it and submits nothing but the decision; then records it. */
final class DecisionListener implements TaskListener {

    private final Gate gate;
    private final String record;
    private final ObjectProvider<RecordedPlan> plans;

    DecisionListener(Gate gate, String record, ObjectProvider<RecordedPlan> plans) {
        this.gate = gate;
        this.record = record;
        this.plans = plans;
    }

    @Override
    public void notify(DelegateTask task) {
        DecisionRefused.ifTheRuleSaysSo(() -> decide(task));
    }

    private void decide(DelegateTask task) {
        Optional<Person> person = gate.authenticated();
        gate.fourEyes(task).checkDecision(person, Optional.ofNullable(task.getAssignee()));
        SubmittedFields.check(task);
        record(task, approval(task, person.orElseThrow().id()));
    }

    /** Stores the approver with the plan. A decision at another gate is stored alone. */
    private void record(DelegateTask task, Approval approval) {
        ApprovalVariable.write(task, record, approval);
        if (record.equals(VariableNames.APPROVAL)) {
            plans.getObject().decided(task, approval);
        }
    }

    private Approval approval(DelegateTask task, String by) {
        return new Approval(
                Boolean.TRUE.equals(task.getVariable("approved")),
                by,
                ClockUtil.getCurrentTime().toInstant(),
                Objects.toString(task.getVariable("comment"), ""),
                plans.getObject().digest(task));
    }

    /**
     * The variable that stores a decision, Json {@code {approved, by, at, comment, planDigest}}, of the instance that asked.
     */
    private static final class ApprovalVariable {

        private ApprovalVariable() {}

        /**
         * Local to the process instance, and written after the submission was checked: a submitted value cannot replace it.
         */
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
}

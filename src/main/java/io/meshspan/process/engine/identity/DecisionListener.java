package io.meshspan.process.engine.identity;

import io.meshspan.approval.Approval;
import io.meshspan.approval.Person;
import io.meshspan.process.model.VariableNames;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.beans.factory.ObjectProvider;

/** Lets a decision count if the right person takes it and it does nothing but decide; then records it. */
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

    /** Beside the plan stands who decided on it; a decision of another gate stands by itself. */
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
}

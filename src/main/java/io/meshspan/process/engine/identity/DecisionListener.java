package io.meshspan.process.engine.identity;

import io.meshspan.approval.Approval;
import io.meshspan.approval.ApprovalRefused;
import io.meshspan.approval.Person;
import io.meshspan.process.model.Names;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.beans.factory.ObjectProvider;

/** Lets a decision count if the right person takes it and it does nothing but decide; then records it. */
final class DecisionListener implements TaskListener {

    static final Set<String> FIELDS = Set.of("approved", "comment");

    private final Gate gate;
    private final String record;
    private final ObjectProvider<PlanOnRecord> plans;

    DecisionListener(Gate gate, String record, ObjectProvider<PlanOnRecord> plans) {
        this.gate = gate;
        this.record = record;
        this.plans = plans;
    }

    @Override
    public void notify(DelegateTask task) {
        try {
            Optional<Person> person = gate.authenticated();
            gate.fourEyes(task).checkDecision(person, Optional.ofNullable(task.getAssignee()));
            SubmittedVariables.of(task).checkWritesOnly(FIELDS);
            record(task, approval(task, person.orElseThrow().id()));
        } catch (ApprovalRefused refused) {
            throw new AuthorizationException(refused.getMessage());
        }
    }

    /** Beside the plan stands who decided on it; a decision of another gate stands by itself. */
    private void record(DelegateTask task, Approval approval) {
        ApprovalVariable.write(task, record, approval);
        if (record.equals(Names.APPROVAL)) {
            plans.getObject().decided(task, approval);
        }
    }

    private Approval approval(DelegateTask task, String by) {
        if (!(task.getVariable("approved") instanceof Boolean approved)) {
            throw new ApprovalRefused("Choose whether to approve or to reject");
        }
        return new Approval(
                approved,
                by,
                ClockUtil.getCurrentTime().toInstant(),
                Objects.toString(task.getVariable("comment"), ""),
                plans.getObject().digest(task));
    }
}

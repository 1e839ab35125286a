package io.meshspan.process.change;

import io.meshspan.audit.Changes;
import io.meshspan.engine.model.AskedVariable;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.LongText;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.evidence.RecordedRequest;
import io.meshspan.plan.ChangeRequest;
import io.meshspan.plan.ChangeRequest.Found;
import io.meshspan.plan.Plan;
import io.meshspan.plan.PlanRecords;
import io.meshspan.plan.PlanText;
import io.meshspan.plan.PresentedPlan;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Presents a plan to people: as variables, which the form shows, and on record, which a decision refers to. */
@Component
public final class PlanVariables {

    private final PlanRecords records;
    private final Changes changes;
    private final ChangeRecord audit;

    PlanVariables(PlanRecords records, Changes changes, ChangeRecord audit) {
        this.records = records;
        this.changes = changes;
        this.audit = audit;
    }

    /** @param found the state before the change, when this plan was made */
    public void show(DelegateExecution execution, Plan plan, String text, Found found) {
        show(execution, plan, text, asked -> asked.planned(plan.mesh(), found));
    }

    /** Shows a plan that drifted while the change ran. An earlier plan has the state before the change. */
    public void showMoved(DelegateExecution execution, Plan plan, String text) {
        show(execution, plan, text, asked -> asked.planned(plan.mesh(), asked.found()));
    }

    private void show(DelegateExecution execution, Plan plan, String text, UnaryOperator<ChangeRequest> completed) {
        boolean keepSample = Boolean.TRUE.equals(ChangeId.variable(execution, VariableNames.KEEP_SAMPLE));
        Optional<ChangeRequest> asked =
                RecordedRequest.of(changes, ChangeId.of(execution)).map(completed);
        PresentedPlan shown = new PresentedPlan(
                ChangeId.of(execution),
                execution.getProcessInstanceId(),
                plan.digest(),
                plan.summary(),
                text + PlanText.afterwards(plan, keepSample),
                asked.map(AskedVariable::json).orElse(""));
        records.keep(shown, plan);
        LongText.write(execution, VariableNames.PLAN, shown.text());
        execution.setVariable(VariableNames.PLAN_SUMMARY, shown.summary());
        execution.setVariable(VariableNames.PLAN_DIGEST, shown.digest());
        audit.planned(execution, shown, plan.counts(), asked);
    }
}

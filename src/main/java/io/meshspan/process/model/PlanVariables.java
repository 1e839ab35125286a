package io.meshspan.process.model;

import io.meshspan.plan.Plan;
import io.meshspan.plan.PlanRecords;
import io.meshspan.plan.PlanText;
import io.meshspan.plan.ShownPlan;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Puts a plan before people: as variables, which the form shows, and on record, which is what a decision counts for. */
@Component
public final class PlanVariables {

    private final PlanRecords records;
    private final ChangeRecord audit;

    PlanVariables(PlanRecords records, ChangeRecord audit) {
        this.records = records;
        this.audit = audit;
    }

    public void show(DelegateExecution execution, Plan plan, String text) {
        boolean keepSample = Boolean.TRUE.equals(ChangeId.top(execution).getVariable(Names.KEEP_SAMPLE));
        ShownPlan shown = new ShownPlan(
                ChangeId.of(execution),
                execution.getProcessInstanceId(),
                plan.digest(),
                plan.summary(),
                text + PlanText.afterwards(plan, keepSample));
        records.keep(shown, plan);
        LongText.write(execution, Names.PLAN, shown.text());
        execution.setVariable(Names.PLAN_SUMMARY, shown.summary());
        execution.setVariable(Names.PLAN_DIGEST, shown.digest());
        audit.planned(execution, shown.digest(), shown.summary(), shown.text());
    }
}

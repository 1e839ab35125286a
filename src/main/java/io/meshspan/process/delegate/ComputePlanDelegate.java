package io.meshspan.process.delegate;

import io.meshspan.plan.Plan;
import io.meshspan.process.change.ChangePreparation;
import io.meshspan.process.change.PlanVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Compute plan. */
@Component
final class ComputePlanDelegate implements JavaDelegate {

    private final ChangePreparation changePreparation;
    private final PlanVariables plans;

    ComputePlanDelegate(ChangePreparation changePreparation, PlanVariables plans) {
        this.changePreparation = changePreparation;
        this.plans = plans;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Plan plan = changePreparation.plan(execution);
        plans.show(execution, plan, changePreparation.text(execution, plan), changePreparation.found(execution));
    }
}

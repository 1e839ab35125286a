package io.meshspan.process.delegate;

import io.meshspan.plan.Plan;
import io.meshspan.process.model.PlanVariables;
import io.meshspan.process.model.Preparation;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Compute plan. */
@Component
final class ComputePlanDelegate implements JavaDelegate {

    private final Preparation preparation;
    private final PlanVariables plans;

    ComputePlanDelegate(Preparation preparation, PlanVariables plans) {
        this.preparation = preparation;
        this.plans = plans;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Plan plan = preparation.plan(execution);
        plans.show(execution, plan, preparation.text(execution, plan), preparation.found(execution));
    }
}

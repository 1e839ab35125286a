package io.meshspan.process.delegate;

import io.meshspan.plan.MeshPlanner;
import io.meshspan.plan.Plan;
import io.meshspan.plan.PlanText;
import io.meshspan.process.model.MeshVariable;
import io.meshspan.process.model.PlanVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Compute plan. */
@Component
final class ComputePlanDelegate implements JavaDelegate {

    private final MeshPlanner planner;
    private final PlanVariables plans;

    ComputePlanDelegate(MeshPlanner planner, PlanVariables plans) {
        this.planner = planner;
        this.plans = plans;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Plan plan = planner.plan(MeshVariable.read(execution));
        plans.show(execution, plan, PlanText.of(plan));
    }
}

package io.meshspan.process.delegate;

import io.meshspan.mesh.Mesh;
import io.meshspan.plan.MovedPlan;
import io.meshspan.plan.MovedPlans;
import io.meshspan.process.model.CalledFor;
import io.meshspan.process.model.ChangeId;
import io.meshspan.process.model.MeshVariable;
import io.meshspan.process.model.PlanVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Compute plan again. */
@Component
final class ComputePlanAgainDelegate implements JavaDelegate {

    private final MovedPlans moved;
    private final PlanVariables plans;

    ComputePlanAgainDelegate(MovedPlans moved, PlanVariables plans) {
        this.moved = moved;
        this.plans = plans;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Mesh submitted = MeshVariable.read(execution);
        MovedPlan plan = moved.take(ChangeId.of(execution), submitted, CalledFor.clusterIfAny(execution));
        plans.showMoved(execution, plan.now(), plan.text());
    }
}

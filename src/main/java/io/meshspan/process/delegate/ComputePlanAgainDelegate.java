package io.meshspan.process.delegate;

import io.meshspan.engine.model.CalledCluster;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.ChangeKinds;
import io.meshspan.engine.model.MeshVariable;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.DriftedPlan;
import io.meshspan.plan.DriftedPlanner;
import io.meshspan.process.change.PlanVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Compute plan again. */
@Component
final class ComputePlanAgainDelegate implements JavaDelegate {

    private final DriftedPlanner moved;
    private final ChangeKinds kinds;
    private final PlanVariables plans;

    ComputePlanAgainDelegate(DriftedPlanner moved, ChangeKinds kinds, PlanVariables plans) {
        this.kinds = kinds;
        this.moved = moved;
        this.plans = plans;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Mesh submitted = MeshVariable.read(execution);
        DriftedPlan plan = moved.take(
                ChangeId.of(execution), kinds.of(execution), submitted, CalledCluster.clusterIfAny(execution));
        plans.showMoved(execution, plan.now(), plan.text());
    }
}

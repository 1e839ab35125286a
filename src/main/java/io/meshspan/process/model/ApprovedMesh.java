package io.meshspan.process.model;

import io.meshspan.mesh.Mesh;
import io.meshspan.plan.ApprovedPlans;
import io.meshspan.plan.Step;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/**
 * Where a delegate that writes to clusters gets the mesh from: not from a variable, which somebody could rewrite, but from
 * the plan on record, and only while what the delegate is about to do is what was approved.
 */
@Component
public final class ApprovedMesh {

    private final ApprovedPlans plans;

    ApprovedMesh(ApprovedPlans plans) {
        this.plans = plans;
    }

    /** For a step in all clusters. */
    public Mesh forAll(DelegateExecution execution, Set<Step> steps) {
        return plans.confirm(ChangeId.of(execution), steps);
    }

    /** For a step in the cluster for which the process was called. */
    public Mesh forOne(DelegateExecution execution, Set<Step> steps) {
        return plans.confirm(ChangeId.of(execution), CalledFor.cluster(execution), steps);
    }

    /** For a step that applies nothing of the plan. */
    public Mesh read(DelegateExecution execution) {
        return plans.mesh(ChangeId.of(execution));
    }
}

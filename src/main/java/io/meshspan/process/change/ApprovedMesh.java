package io.meshspan.process.change;

import io.meshspan.engine.model.CalledCluster;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.ChangeKinds;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.ApprovedPlans;
import io.meshspan.plan.Step;
import io.meshspan.rollback.StateBefore;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/**
 * Gives the mesh to delegates that write to clusters. It reads the plan on record, not a variable that somebody could
 * rewrite, and only while the step matches the approved plan. Before that, it stores the objects that the step will
 * overwrite, for a roll back.
 */
@Component
public final class ApprovedMesh {

    private final ApprovedPlans plans;
    private final StateBefore before;
    private final ChangeKinds kinds;

    ApprovedMesh(ApprovedPlans plans, StateBefore before, ChangeKinds kinds) {
        this.kinds = kinds;
        this.plans = plans;
        this.before = before;
    }

    /** For a step in all clusters. */
    public Mesh forAll(DelegateExecution execution, Set<Step> steps) {
        String change = ChangeId.of(execution);
        Mesh mesh = plans.confirm(change, kinds.of(execution), steps);
        before.keep(change, mesh, mesh.clusters(), steps);
        return mesh;
    }

    /** For a step in the cluster for which the process was called. */
    public Mesh forOne(DelegateExecution execution, Set<Step> steps) {
        String change = ChangeId.of(execution);
        ClusterName cluster = CalledCluster.cluster(execution);
        Mesh mesh = plans.confirm(change, kinds.of(execution), cluster, steps);
        before.keep(change, mesh, List.of(cluster), steps);
        return mesh;
    }

    /** For a step that applies no part of the plan. */
    public Mesh read(DelegateExecution execution) {
        return plans.mesh(ChangeId.of(execution));
    }
}

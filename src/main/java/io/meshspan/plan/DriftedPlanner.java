package io.meshspan.plan;

import io.meshspan.change.ChangeKind;
import io.meshspan.change.ChangeKind.Adopt;
import io.meshspan.change.ChangeKind.Rotate;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Computes the plan of a running change again, and its differences to the approved one. */
@Component
public final class DriftedPlanner {

    private final ApprovedRecords approvals;
    private final MeshPlanner planner;

    DriftedPlanner(ApprovedRecords approvals, MeshPlanner planner) {
        this.approvals = approvals;
        this.planner = planner;
    }

    /**
     * The current plan and the differences.
     *
     * @param submitted used if no mesh was approved for this change yet
     * @param only one cluster, or empty for all
     */
    public DriftedPlan take(String change, ChangeKind kind, Mesh submitted, Optional<ClusterName> only) {
        Mesh mesh = approvals.mesh(change).orElse(submitted);
        Collection<ClusterName> names = only.map(List::of).orElseGet(mesh::clusters);
        Plan plan = plan(change, kind, mesh, names);
        List<ClusterPlan> approved = names.stream()
                .map(name -> approvals.plan(change, name))
                .flatMap(Optional::stream)
                .toList();
        return new DriftedPlan(plan, PlanDifference.between(approved, plan));
    }

    private Plan plan(String change, ChangeKind kind, Mesh mesh, Collection<ClusterName> names) {
        if (kind instanceof Rotate rotate) {
            return planner.planRotation(change, mesh, rotate, names);
        }
        return kind instanceof Adopt ? planner.planAdoption(mesh, names) : planner.plan(mesh, names);
    }
}

package io.meshspan.removal;

import io.meshspan.change.Removal;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Findings;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.ApprovedPlans;
import io.meshspan.plan.ClusterPlan;
import io.meshspan.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds out what a removal would do and what stands in its way. Changes nothing. */
@Component
public final class RemovalPlanner {

    private final Clusters clusters;
    private final ApprovedPlans approved;

    RemovalPlanner(Clusters clusters, ApprovedPlans approved) {
        this.clusters = clusters;
        this.approved = approved;
    }

    /**
     * What a decider should know.
     *
     * @throws StepFailed PREFLIGHT_FAILED with all findings if one of them is blocking
     */
    public Findings check(Mesh mesh, Removal removal) {
        List<Finding> all = new ArrayList<>();
        clusters.inEach(mesh.clusters(), cluster -> new RemovalBlockers(cluster, mesh, removal).all())
                .values()
                .forEach(all::addAll);
        Findings findings = new Findings(all);
        if (findings.blocking()) {
            throw new StepFailed(FailureCode.PREFLIGHT_FAILED, findings.grouped());
        }
        return findings;
    }

    /** Object by object, read from the clusters. */
    public Plan plan(Mesh mesh, Removal removal) {
        return new Plan(
                mesh,
                List.copyOf(clusters.inEach(mesh.clusters(), cluster -> plan(mesh, removal, cluster))
                        .values()));
    }

    /** Whether the clusters have changed since somebody approved this removal: then that somebody is asked again. */
    public boolean drifted(String change, Mesh mesh, Removal removal) {
        return drift(change, plan(mesh, removal)).isPresent();
    }

    /** What is otherwise than it was when somebody approved this removal, as Markdown; empty if nothing is. */
    public Optional<String> drift(String change, Plan now) {
        return approved.drift(change, now, OwnedObjects::comesAndGoes);
    }

    private static ClusterPlan plan(Mesh mesh, Removal removal, Cluster cluster) {
        OwnedObjects there = new OwnedObjects(cluster, mesh.id());
        List<OwnedObject> gone =
                removal.takesOut(cluster.name()) ? there.all(removal.crds()) : there.accessTo(removal.clusters());
        return new ClusterPlan(
                mesh.member(cluster.name()),
                cluster.uid(),
                gone.stream().map(OwnedObject::planned).toList(),
                Map.of());
    }
}

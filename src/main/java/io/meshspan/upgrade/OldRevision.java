package io.meshspan.upgrade;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.ApprovedPlans;
import io.meshspan.plan.PlannedObject;
import io.meshspan.plan.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Ends an upgrade in a cluster: makes the new revision the default, and removes the older one. */
@Component
public final class OldRevision {

    /** Webhooks first, so that nothing calls a removed istiod; then routes to it, then istiod. */
    private static final List<String> FIRST = List.of(
            "MutatingWebhookConfiguration",
            "ValidatingWebhookConfiguration",
            "VirtualService",
            "HorizontalPodAutoscaler",
            "PodDisruptionBudget",
            "Deployment");

    private final Clusters clusters;
    private final ApprovedPlans approved;
    private final RevisionInstaller installer;

    OldRevision(Clusters clusters, ApprovedPlans approved, RevisionInstaller installer) {
        this.clusters = clusters;
        this.approved = approved;
        this.installer = installer;
    }

    /** @throws StepFailed PLAN_MOVED if it is not what was approved */
    public List<AppliedObject> replaceDefault(String change, ClusterName name) {
        return installer.makeDefault(change, approved.mesh(change), clusters.get(name));
    }

    /**
     * Deletes the objects of the older revision that the approved plan names and that still belong to Meshspan. Can run
     * twice.
     *
     * @throws StepFailed INVALID if pods of the cluster still have a proxy of the older revision
     */
    public List<AppliedObject> remove(String change, ClusterName name) {
        Mesh mesh = approved.mesh(change);
        Cluster cluster = clusters.get(name);
        approved.requireSame(change, cluster);
        if (mesh.isUpgrade()) {
            requireUnused(mesh, cluster);
        }
        ApplySet ours = new ApplySet(mesh.id());
        List<AppliedObject> removed = new ArrayList<>();
        approved.objects(change, name, Step.OLD_REVISION).stream()
                .map(PlannedObject::object)
                .sorted(Comparator.comparingInt(OldRevision::rank))
                .forEach(object -> removed.add(remove(cluster, ours, object)));
        return removed;
    }

    private static AppliedObject remove(Cluster cluster, ApplySet ours, ObjectRef object) {
        boolean kept = cluster.live(object).filter(live -> !ours.contains(live)).isPresent();
        return kept ? new AppliedObject(cluster.name(), object, ApplyOutcome.KEPT) : cluster.delete(object.reference());
    }

    private static int rank(ObjectRef object) {
        int place = FIRST.indexOf(object.kind());
        return place < 0 ? FIRST.size() : place;
    }

    private static void requireUnused(Mesh mesh, Cluster cluster) {
        String old = mesh.replaced().orElseThrow().label();
        long pods = InjectedNamespaces.of(cluster, mesh, Set.of()).stream()
                .mapToLong(namespace -> namespace.otherPods()
                        + namespace.workloads().stream()
                                .mapToLong(workload -> workload.revisions().getOrDefault(old, 0L))
                                .sum())
                .sum();
        if (pods > 0) {
            throw new StepFailed(
                    FailureCode.INVALID,
                    List.of(Finding.blocking(
                            cluster.name().value(),
                            "pods with a proxy of revision " + old,
                            "none",
                            String.valueOf(pods),
                            "Restart or delete them: without their control plane they get no configuration and no"
                                    + " certificates. Then try again.")));
        }
    }
}

package io.meshspan.removal;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.ApprovedPlans;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.springframework.stereotype.Component;

/**
 * Checks whether everything that a change created is gone. A step that was still running when the change ended may have
 * created something late.
 */
@Component
public final class RollBackCheck {

    private final Clusters clusters;
    private final ApprovedPlans approved;
    private final RollBackObjects rollBackObjects;

    RollBackCheck(Clusters clusters, ApprovedPlans approved, RollBackObjects rollBackObjects) {
        this.clusters = clusters;
        this.approved = approved;
        this.rollBackObjects = rollBackObjects;
    }

    /**
     * The objects that stay on purpose, by cluster: others need them now.
     *
     * @throws TransientException while something is still being deleted
     * @throws StepFailed INVALID if something still exists that was to be deleted
     */
    public Leftovers leftovers(String change) {
        Mesh mesh = approved.mesh(change);
        SortedMap<ClusterName, List<ObjectRef>> still =
                clusters.inEach(mesh.clusters(), cluster -> leftovers(change, mesh, cluster));
        List<Finding> findings = new ArrayList<>();
        still.forEach((cluster, objects) -> objects.forEach(object -> findings.add(there(cluster, object))));
        if (!findings.isEmpty()) {
            throw new StepFailed(FailureCode.INVALID, findings);
        }
        return new Leftovers(clusters.inEach(mesh.clusters(), cluster -> kept(change, cluster)));
    }

    private List<ObjectRef> leftovers(String change, Mesh mesh, Cluster cluster) {
        return rollBackObjects.meant(change, mesh, cluster).stream()
                .filter(object -> there(cluster, object))
                .filter(object -> !object.equals(SystemNamespace.REF))
                .toList();
    }

    private static boolean there(Cluster cluster, ObjectRef object) {
        return cluster.live(object)
                .map(live -> {
                    if (live.getMetadata().getDeletionTimestamp() != null) {
                        throw new TransientException("%s: %s is still being deleted".formatted(cluster.name(), object));
                    }
                    return true;
                })
                .orElse(false);
    }

    /** A namespace that also has objects of others, or a kind that others have objects of. */
    private List<ObjectRef> kept(String change, Cluster cluster) {
        return approved.outcomes(change, cluster.name()).entrySet().stream()
                .filter(planned -> planned.getValue() == ApplyOutcome.CREATED)
                .map(Map.Entry::getKey)
                .filter(object ->
                        object.equals(SystemNamespace.REF) || object.kind().equals(Phase.CRD))
                .filter(object -> there(cluster, object))
                .toList();
    }

    private static Finding there(ClusterName cluster, ObjectRef object) {
        return Finding.blocking(
                cluster.value(),
                object.toString(),
                "nothing, for this change created it",
                "it is there",
                "Try again: it is removed again. If it comes back, find out who creates it.");
    }
}

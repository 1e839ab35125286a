package io.meshspan.removal;

import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.ApprovedPlans;
import io.meshspan.remotesecret.RemoteSecrets;
import io.meshspan.rollback.StateBefore;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Takes the access to a left-out cluster away from the remaining control planes, as far as this change gave it. It deletes a
 * remote secret that the change made, restores one that it overwrote, and keeps one that was already right.
 */
@Component
public final class RemoteSecretRevocation {

    private final Clusters clusters;
    private final ApprovedPlans approved;
    private final StateBefore before;

    RemoteSecretRevocation(Clusters clusters, ApprovedPlans approved, StateBefore before) {
        this.clusters = clusters;
        this.approved = approved;
        this.before = before;
    }

    /** The objects that it wrote; may be repeated. */
    public List<AppliedObject> from(String change, ClusterName target) {
        Mesh mesh = approved.mesh(change);
        ObjectRef secret = RemoteSecrets.object(mesh.member(target));
        List<ClusterName> readers = mesh.primaryClusters();
        return clusters.inEach(readers, reader -> take(change, mesh, reader, secret)).values().stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<AppliedObject> take(String change, Mesh mesh, Cluster reader, ObjectRef secret) {
        return before.restore(change, reader, secret)
                .or(() -> made(change, mesh, reader, secret)
                        ? Optional.of(reader.delete(secret.reference()))
                        : Optional.empty());
    }

    private boolean made(String change, Mesh mesh, Cluster reader, ObjectRef secret) {
        return approved.outcomes(change, reader.name()).get(secret) == ApplyOutcome.CREATED
                && reader.live(secret).filter(new ApplySet(mesh.id())::contains).isPresent();
    }
}

package io.meshspan.plan;

import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.ContentHash;
import io.meshspan.kubernetes.DryRunResult;
import io.meshspan.trust.MeshTrust;
import java.util.List;

/** The secret {@code cacerts}: made where there is none, never written where there is one, so no dry run is needed. */
final class DesiredCacerts {

    private DesiredCacerts() {}

    /** @param root SHA-256 of the mesh's root certificate */
    static DesiredObject under(String root) {
        return new DesiredObject(
                Step.TRUST,
                MeshTrust.CACERTS,
                ContentHash.of("under " + root),
                false,
                "an intermediate CA under the root with SHA-256 fingerprint " + root,
                DesiredCacerts::preview);
    }

    private static DryRunResult preview(Cluster cluster) {
        boolean there = cluster.states(List.of(MeshTrust.CACERTS)).containsKey(MeshTrust.CACERTS);
        return new DryRunResult(
                cluster.name(),
                MeshTrust.CACERTS,
                there ? ApplyOutcome.UNCHANGED : ApplyOutcome.CREATED,
                List.of(),
                true);
    }
}

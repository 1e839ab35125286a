package io.meshspan.plan;

import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.ContentHash;
import io.meshspan.kubernetes.DryRunResult;
import io.meshspan.trust.DesiredCa;
import io.meshspan.trust.MeshTrust;
import java.util.List;

/** The secret {@code cacerts}: made where there is none, never written where there is one, so no dry run is needed. */
final class DesiredCacerts {

    private DesiredCacerts() {}

    static DesiredObject of(DesiredCa desired) {
        return new DesiredObject(
                Step.TRUST,
                MeshTrust.CACERTS,
                ContentHash.of(desired.identity()),
                false,
                desired.note(),
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

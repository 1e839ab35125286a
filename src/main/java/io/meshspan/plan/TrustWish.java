package io.meshspan.plan;

import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Fingerprint;
import io.meshspan.kubernetes.Outcome;
import io.meshspan.kubernetes.Preview;
import io.meshspan.trust.MeshTrust;
import java.util.List;

/** The secret {@code cacerts}: made where there is none, never written where there is one, so no dry run is needed. */
final class TrustWish {

    private TrustWish() {}

    /** @param root SHA-256 of the mesh's root certificate */
    static Wish under(String root) {
        return new Wish(
                Step.TRUST,
                MeshTrust.CACERTS,
                Fingerprint.of("under " + root),
                false,
                "an intermediate CA under the root with SHA-256 fingerprint " + root,
                TrustWish::preview);
    }

    private static Preview preview(Cluster cluster) {
        boolean there = cluster.states(List.of(MeshTrust.CACERTS)).containsKey(MeshTrust.CACERTS);
        return new Preview(
                cluster.name(), MeshTrust.CACERTS, there ? Outcome.UNCHANGED : Outcome.CREATED, List.of(), true);
    }
}

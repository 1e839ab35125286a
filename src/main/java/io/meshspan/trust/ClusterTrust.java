package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.Cluster;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How one cluster stands towards the mesh's trust, as observed.
 *
 * @param present whether it has a secret {@code cacerts}
 * @param root to which the chain in {@code cacerts} leads
 */
record ClusterTrust(boolean present, Optional<X509Certificate> root, List<Finding> findings) {

    ClusterTrust {
        findings = List.copyOf(findings);
    }

    static ClusterTrust observe(Cluster cluster, RootCa ours, Instant now) {
        Optional<Secret> cacerts = cluster.find(Secret.class, Cacerts.NAMESPACE, Cacerts.NAME);
        if (cacerts.isEmpty()) {
            return new ClusterTrust(
                    false,
                    Optional.empty(),
                    SelfSignedIstiod.in(cluster, ours).map(List::of).orElse(List.of()));
        }
        CacertsInspection inspection = CacertsInspection.of(cluster.name(), cacerts.get(), now);
        return new ClusterTrust(true, inspection.root(), inspection.findings());
    }
}

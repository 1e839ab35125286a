package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads which certificates the clusters of a mesh have in {@code Secret istio-system/cacerts}; never their keys. */
@Component
public class CertificatesInPlace {

    private final Clusters clusters;

    CertificatesInPlace(Clusters clusters) {
        this.clusters = clusters;
    }

    /** By cluster; one without the secret, or with one that cannot be read, is left out. */
    public List<InPlace> of(Mesh mesh) {
        return clusters.inEach(mesh.clusters(), CertificatesInPlace::in).values().stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<InPlace> in(Cluster cluster) {
        return cluster.find(Secret.class, Cacerts.NAMESPACE, Cacerts.NAME)
                .flatMap(secret -> described(cluster.name(), secret));
    }

    private static Optional<InPlace> described(ClusterName cluster, Secret secret) {
        try {
            CacertsContent content = CacertsContent.of(secret);
            return Optional.of(
                    described(cluster, content.authority(), content.roots().get(0)));
        } catch (UnreadableEntry e) {
            return Optional.empty();
        }
    }

    private static InPlace described(ClusterName cluster, X509Certificate authority, X509Certificate root) {
        return new InPlace(
                cluster,
                authority.getSubjectX500Principal().getName(),
                Fingerprint.of(authority),
                authority.getNotBefore().toInstant(),
                authority.getNotAfter().toInstant(),
                Fingerprint.of(root),
                root.getNotAfter().toInstant());
    }
}

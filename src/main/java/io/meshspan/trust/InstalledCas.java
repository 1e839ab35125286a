package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads the certificates in {@code Secret istio-system/cacerts} of a mesh's clusters; never their keys. */
@Component
public class InstalledCas {

    private final Clusters clusters;

    InstalledCas(Clusters clusters) {
        this.clusters = clusters;
    }

    /** By cluster. The result omits a cluster without the secret, or with a secret that cannot be read. */
    public List<InstalledCa> of(Mesh mesh) {
        return in(mesh.clusters());
    }

    /** Like {@link #of}, for some clusters only. */
    public List<InstalledCa> in(Collection<ClusterName> names) {
        return clusters.inEach(names, InstalledCas::in).values().stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<InstalledCa> in(Cluster cluster) {
        return cluster.find(Secret.class, Cacerts.NAMESPACE, Cacerts.NAME)
                .flatMap(secret -> described(cluster.name(), secret));
    }

    private static Optional<InstalledCa> described(ClusterName cluster, Secret secret) {
        try {
            CacertsContent content = CacertsContent.of(secret);
            CertificateChain chain = CertificateChain.from(content.authority(), content.chain(), content.roots());
            X509Certificate root =
                    chain.reachesRoot() ? chain.root() : content.roots().get(0);
            return Optional.of(described(cluster, content.authority(), root));
        } catch (UnreadableCacerts e) {
            return Optional.empty();
        }
    }

    private static InstalledCa described(ClusterName cluster, X509Certificate authority, X509Certificate root) {
        return new InstalledCa(
                cluster,
                authority.getSubjectX500Principal().getName(),
                CertificateFingerprint.of(authority),
                authority.getNotBefore().toInstant(),
                authority.getNotAfter().toInstant(),
                CertificateFingerprint.of(root),
                root.getNotAfter().toInstant());
    }
}

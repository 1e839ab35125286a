package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.manifest.ApplySet;
import io.meshspan.mesh.ClusterName;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The root to which a mesh changes, and who signs the intermediates under it.
 *
 * @param signer signs them; empty if somebody else has signed them
 * @param given what somebody else put into each cluster beside {@code cacerts}
 */
record NextRoot(List<X509Certificate> roots, Optional<CaSigner> signer, SortedMap<ClusterName, Secret> given) {

    /** Where a PKI puts the next intermediate of a cluster, in a form that istiod could read. */
    static final String GIVEN = "cacerts-next";

    NextRoot {
        roots = List.copyOf(roots);
    }

    static NextRoot of(CaSigner signer) {
        return new NextRoot(signer.roots(), Optional.of(signer), new TreeMap<>());
    }

    /** The roots are those of the first cluster: the checks compare the others with them. */
    static NextRoot given(Clusters clusters, Collection<ClusterName> names) {
        SortedMap<ClusterName, Secret> given = new TreeMap<>();
        clusters.inEach(names, cluster -> cluster.find(Secret.class, Cacerts.NAMESPACE, GIVEN))
                .forEach((name, secret) -> secret.ifPresent(there -> given.put(name, there)));
        return new NextRoot(
                given.values().stream()
                        .flatMap(secret -> CacertsContent.readable(secret).stream())
                        .findFirst()
                        .map(CacertsContent::roots)
                        .orElse(List.of()),
                Optional.empty(),
                given);
    }

    String describe() {
        return signer.map(CaSigner::describe).orElse("Secret %s/%s of the cluster".formatted(Cacerts.NAMESPACE, GIVEN));
    }

    String fingerprints() {
        return RootCertificates.fingerprints(roots);
    }

    /** Whether the intermediate in a Secret leads to this root. */
    boolean isAbove(Secret secret) {
        return CacertsContent.readable(secret)
                .map(content -> CertificateChain.from(content.authority(), content.chain(), roots)
                        .reachesRoot())
                .orElse(false);
    }

    List<Finding> check(Clusters clusters, List<ClusterName> names) {
        return signer.map(source -> source.check(clusters, names, Instant.now()))
                .orElse(List.of());
    }

    SortedMap<ClusterName, Secret> issue(Clusters clusters, List<ClusterName> names, ApplySet set) {
        if (signer.isPresent()) {
            return signer.get().issue(clusters, names, set::member);
        }
        SortedMap<ClusterName, Secret> issued = new TreeMap<>();
        names.forEach(name -> issued.put(name, Objects.requireNonNull(given.get(name), "checked before")));
        return issued;
    }
}

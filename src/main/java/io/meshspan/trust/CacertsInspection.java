package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An existing secret {@code cacerts}, judged as istiod and the workloads' peers will.
 *
 * @param root to which its chain leads; none if it leads nowhere
 */
record CacertsInspection(Optional<X509Certificate> root, List<Finding> findings) {

    private static final String REPLACE = "delete this secret and run again: Meshspan then issues an intermediate under"
            + " its own root (istiod reloads a new intermediate of the same root by itself; for another root, istiod and"
            + " all workloads must be restarted), or put a right one there";

    CacertsInspection {
        findings = List.copyOf(findings);
    }

    static CacertsInspection of(ClusterName cluster, Secret secret, Instant now) {
        try {
            return of(cluster, CacertsContent.of(secret), now);
        } catch (UnreadableEntry e) {
            Finding unreadable = wrong(cluster, "certificates and a key that istiod can read", e.found());
            return new CacertsInspection(Optional.empty(), List.of(unreadable));
        }
    }

    private static CacertsInspection of(ClusterName cluster, CacertsContent content, Instant now) {
        List<Finding> findings = new ArrayList<>();
        X509Certificate authority = content.authority();
        dates(cluster, "its authority's certificate", authority, now).ifPresent(findings::add);
        for (X509Certificate root : content.roots()) {
            if (!root.equals(authority)) {
                dates(cluster, "its root " + CertificateFingerprint.of(root), root, now)
                        .ifPresent(findings::add);
            }
        }
        if (!content.keyMatches()) {
            findings.add(
                    wrong(cluster, "the private key of its certificate", "an RSA or EC key that does not match it"));
        }
        CertificateChain certificateChain = CertificateChain.from(authority, content.chain(), content.roots());
        chainFinding(cluster, content, certificateChain).ifPresent(findings::add);
        return new CacertsInspection(
                certificateChain.reachesRoot() ? Optional.of(certificateChain.root()) : Optional.empty(), findings);
    }

    private static Optional<Finding> chainFinding(
            ClusterName cluster, CacertsContent content, CertificateChain certificateChain) {
        if (!certificateChain.reachesRoot()) {
            return Optional.of(wrong(
                    cluster,
                    "a chain from its authority to root "
                            + CertificateFingerprint.of(content.roots().get(0)),
                    "signatures that do not lead there"));
        }
        if (!certificateChain.allowsWorkloads()) {
            return Optional.of(wrong(
                    cluster,
                    "authorities (CA:true, keyCertSign) with path lengths that allow workload certificates below them",
                    "one that does not"));
        }
        // istiod sends the chain along with each workload's certificate; peers have nothing but the root.
        if (!content.chain()
                .containsAll(certificateChain
                        .path()
                        .subList(0, certificateChain.path().size() - 1))) {
            return Optional.of(
                    wrong(cluster, "the authority's certificate in its certificate chain", "a chain without it"));
        }
        return Optional.empty();
    }

    private static Optional<Finding> dates(ClusterName cluster, String part, X509Certificate certificate, Instant now) {
        return CertificateDates.judge(
                cluster.value(), "%s, %s".formatted(Cacerts.OBJECT, part), certificate, now, REPLACE);
    }

    private static Finding wrong(ClusterName cluster, String expected, String found) {
        return Finding.blocking(cluster.value(), Cacerts.OBJECT, expected, found, "Either " + REPLACE);
    }
}

package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.mesh.ClusterName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /**
     * An istiod that started without {@code cacerts} and made a root of its own: its workloads trust that one, so that a
     * first {@code cacerts} is a change of root, which it refuses until it is restarted (istio/istio#57853).
     */
    private static final class SelfSignedIstiod {

        private static final String ROOT_CONFIG_MAP = "istio-ca-root-cert";
        private static final Map<String, String> ISTIOD = Map.of("app", "istiod");

        private SelfSignedIstiod() {}

        /** None where istiod already gives out our root, as after the deletion of a {@code cacerts} to be renewed. */
        static Optional<Finding> in(Cluster cluster, RootCa ours) {
            List<String> running = cluster.list(Deployment.class, Cacerts.NAMESPACE, ISTIOD).stream()
                    .filter(SelfSignedIstiod::available)
                    .map(deployment -> deployment.getMetadata().getName())
                    .toList();
            if (running.isEmpty()) {
                return Optional.empty();
            }
            List<X509Certificate> served = cluster.find(ConfigMap.class, Cacerts.NAMESPACE, ROOT_CONFIG_MAP)
                    .map(SelfSignedIstiod::roots)
                    .orElse(List.of());
            return served.contains(ours.certificate())
                    ? Optional.empty()
                    : Optional.of(finding(cluster, ours, running, served));
        }

        private static Finding finding(
                Cluster cluster, RootCa ours, List<String> running, List<X509Certificate> served) {
            String root = served.isEmpty() ? "a root of its own" : "root " + CertificateFingerprint.of(served.get(0));
            return Finding.blocking(
                    cluster.name().value(),
                    Cacerts.OBJECT,
                    "cacerts under root %s before istiod's first start".formatted(ours.fingerprint()),
                    "no cacerts, while Deployment %s runs with %s".formatted(String.join(", ", running), root),
                    "To change its root: scale that Deployment to 0, run again, and after the mesh is installed restart all"
                            + " workloads that have a sidecar, since they trust the old root only. Their calls fail from"
                            + " istiod's restart until their own.");
        }

        private static boolean available(Deployment istiod) {
            return istiod.getStatus() != null
                    && istiod.getStatus().getAvailableReplicas() != null
                    && istiod.getStatus().getAvailableReplicas() > 0;
        }

        private static List<X509Certificate> roots(ConfigMap map) {
            String pem = map.getData() == null ? "" : map.getData().getOrDefault("root-cert.pem", "");
            try {
                return Pem.certificates(pem.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException | GeneralSecurityException e) {
                return List.of();
            }
        }
    }

    /**
     * An existing secret {@code cacerts}, judged as istiod and the workloads' peers will.
     *
     * @param root to which its chain leads; none if it leads nowhere
     */
    record CacertsInspection(Optional<X509Certificate> root, List<Finding> findings) {

        private static final String REPLACE =
                "delete this secret and run again: Meshspan then issues an intermediate under"
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
                findings.add(wrong(
                        cluster, "the private key of its certificate", "an RSA or EC key that does not match it"));
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

        private static Optional<Finding> dates(
                ClusterName cluster, String part, X509Certificate certificate, Instant now) {
            return CertificateDates.judge(
                    cluster.value(), "%s, %s".formatted(Cacerts.OBJECT, part), certificate, now, REPLACE);
        }

        private static Finding wrong(ClusterName cluster, String expected, String found) {
            return Finding.blocking(cluster.value(), Cacerts.OBJECT, expected, found, "Either " + REPLACE);
        }
    }
}

package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.Cluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An istiod that started without {@code cacerts} and made a root of its own: its workloads trust that one, so that a
 * first {@code cacerts} is a change of root, which it refuses until it is restarted (istio/istio#57853).
 */
final class SelfSignedIstiod {

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

    private static Finding finding(Cluster cluster, RootCa ours, List<String> running, List<X509Certificate> served) {
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

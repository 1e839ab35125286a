package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.mesh.ClusterName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The roots that the workloads of a cluster trust now. istiod loads a root when it starts, and refuses another one until it
 * restarts (istio/istio#57853). An istiod that started without {@code cacerts} has made its own root.
 *
 * @param istiods names of the Deployments that run
 * @param roots the roots that they give to all workloads, in the ConfigMap istio-ca-root-cert
 */
record ServedRoots(List<String> istiods, List<X509Certificate> roots) {

    private static final String ROOT_CONFIG_MAP = "istio-ca-root-cert";
    private static final Map<String, String> ISTIOD = Map.of("app", "istiod");

    static List<Deployment> istiods(Cluster cluster) {
        return cluster.list(Deployment.class, Cacerts.NAMESPACE, ISTIOD);
    }

    static ServedRoots of(Cluster cluster, List<Deployment> istiods) {
        List<String> running = istiods.stream()
                .filter(ServedRoots::available)
                .map(deployment -> deployment.getMetadata().getName())
                .toList();
        return new ServedRoots(running, running.isEmpty() ? List.of() : in(cluster, Cacerts.NAMESPACE));
    }

    /** The roots that the control plane gives to the workloads of a namespace; empty if there are none yet. */
    static List<X509Certificate> in(Cluster cluster, String namespace) {
        return cluster.find(ConfigMap.class, namespace, ROOT_CONFIG_MAP)
                .map(ServedRoots::roots)
                .orElse(List.of());
    }

    /** None if istiod already serves these roots, for example after somebody deleted {@code cacerts} to renew it. */
    Optional<Finding> beforeFirstCacerts(ClusterName cluster, List<X509Certificate> ours) {
        if (istiods.isEmpty() || !Collections.disjoint(roots, ours)) {
            return Optional.empty();
        }
        String root = roots.isEmpty() ? "a root of its own" : "root " + CertificateFingerprint.of(roots.get(0));
        String under = ours.isEmpty() ? "" : " under root " + CertificateFingerprint.of(ours.get(0));
        return Optional.of(Finding.blocking(
                cluster.value(),
                Cacerts.OBJECT,
                "cacerts%s before istiod's first start".formatted(under),
                "no cacerts, while Deployment %s runs with %s".formatted(String.join(", ", istiods), root),
                "To change its root: scale that Deployment to 0, run again, scale it up when the change waits for it, and"
                        + " after the mesh is installed restart all workloads that have a sidecar, since they trust the old root only. Their calls fail from"
                        + " istiod's restart until their own."));
    }

    /** istiod does not use a {@code cacerts} that was created after its start. */
    Optional<Finding> beside(ClusterName cluster, X509Certificate root) {
        if (istiods.isEmpty() || roots.isEmpty() || roots.contains(root)) {
            return Optional.empty();
        }
        return Optional.of(Finding.warning(
                cluster.value(),
                "ConfigMap istio-system/" + ROOT_CONFIG_MAP,
                "root %s, to which cacerts lead".formatted(CertificateFingerprint.of(root)),
                "root %s: cacerts came after the start of Deployment %s"
                        .formatted(CertificateFingerprint.of(roots.get(0)), String.join(", ", istiods)),
                "Restart that Deployment, then all workloads that have a sidecar: until then they trust the old root"
                        + " only, and calls between the clusters fail."));
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

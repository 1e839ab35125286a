package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.Namespace;
import io.meshspan.controlplane.IstioNamespace;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Do the labels and annotations of an existing istio-system match the cluster's part in the mesh? */
@Component
final class IstioNamespaceSettings implements Check {

    private static final String NAMESPACE = "Namespace " + IstioNamespace.NAME;
    private static final String NETWORK = "topology.istio.io/network";
    private static final String CONTROL_PLANE = "topology.istio.io/controlPlaneClusters";

    @Override
    public String name() {
        return "Namespace istio-system";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        return cluster.anywhere(Namespace.class).stream()
                .filter(namespace -> namespace.getMetadata().getName().equals(IstioNamespace.NAME))
                .flatMap(namespace -> check(mesh, cluster, namespace).stream())
                .toList();
    }

    private static List<Finding> check(Mesh mesh, ClusterSnapshot cluster, Namespace namespace) {
        List<Finding> findings = new ArrayList<>();
        ending(cluster, namespace).ifPresent(findings::add);
        network(cluster, namespace).ifPresent(findings::add);
        controlPlane(mesh, cluster, namespace).ifPresent(findings::add);
        if (mesh.gateways().contains(cluster.member())) {
            injection(cluster, namespace).ifPresent(findings::add);
        }
        return findings;
    }

    private static Optional<Finding> ending(ClusterSnapshot cluster, Namespace namespace) {
        return Optional.ofNullable(namespace.getMetadata().getDeletionTimestamp())
                .map(since -> Finding.blocking(
                        cluster.where(),
                        NAMESPACE,
                        "no namespace, or one that stays",
                        "one that is being deleted since " + since,
                        "Wait until it is gone; if it does not go, see which of its objects a finalizer holds."));
    }

    private static Optional<Finding> network(ClusterSnapshot cluster, Namespace namespace) {
        String wanted = cluster.member().network().value();
        return Optional.ofNullable(labels(namespace).get(NETWORK))
                .filter(found -> !found.equals(wanted))
                .map(found -> Finding.warning(
                        cluster.where(),
                        "label %s of %s".formatted(NETWORK, NAMESPACE),
                        wanted,
                        found,
                        "The change sets it to %s. If %s is right: correct the network of this cluster in"
                                        .formatted(wanted, found)
                                + " meshspan.inventory.clusters and ask again."));
    }

    /** An istiod reads this annotation to decide whether it controls a remote; a primary controls itself. */
    private static Optional<Finding> controlPlane(Mesh mesh, ClusterSnapshot cluster, Namespace namespace) {
        String wanted = mesh.controlPlaneName(cluster.member()).value();
        boolean remote = cluster.member().role() == Role.REMOTE;
        return Optional.ofNullable(namespace.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(CONTROL_PLANE))
                .filter(found -> !found.equals(wanted) && !(remote && found.equals("*")))
                .map(
                        found -> Finding.warning(
                                cluster.where(),
                                "annotation %s of %s".formatted(CONTROL_PLANE, NAMESPACE),
                                remote ? wanted : "none, or its own name",
                                found,
                                remote
                                        ? "The change sets it to %s; the other control plane keeps this cluster until it is restarted."
                                                .formatted(wanted)
                                        : "Remove it, or another control plane will write this cluster's webhooks and root certificate."));
    }

    private static Optional<Finding> injection(ClusterSnapshot cluster, Namespace namespace) {
        return Optional.ofNullable(labels(namespace).get("istio-injection"))
                .filter("disabled"::equals)
                .map(found -> Finding.blocking(
                        cluster.where(),
                        "label istio-injection of " + NAMESPACE,
                        "not disabled, for the east-west gateway is made by injection",
                        found,
                        "Remove the label; istiod itself is never injected."));
    }

    private static Map<String, String> labels(Namespace namespace) {
        return Optional.ofNullable(namespace.getMetadata().getLabels()).orElse(Map.of());
    }
}

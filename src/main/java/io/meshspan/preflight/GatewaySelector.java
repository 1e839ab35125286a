package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.finding.Finding;
import io.meshspan.gateway.EastWestGateway;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * Can the existing east-west gateway be changed into the desired one? The selector of a Deployment is immutable, and the
 * gateway of istioctl has another selector than the chart's (manifests/charts/gateway and
 * manifests/charts/gateways/istio-ingress).
 */
@Component
final class GatewaySelector implements Check {

    private final EastWestGateway gateway;

    GatewaySelector(EastWestGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String name() {
        return "Gateway's selector";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        if (!mesh.gateways().contains(cluster.member())) {
            return List.of();
        }
        return cluster.find(Deployment.class, mesh.namespaceOfGateways(), EastWestGateway.NAME).stream()
                .flatMap(live -> conflict(cluster, live, wanted(mesh, cluster)).stream())
                .toList();
    }

    private Optional<Map<String, String>> wanted(Mesh mesh, ClusterSnapshot cluster) {
        return gateway.desired(mesh, cluster.member()).stream()
                .filter(object -> object.getKind().equals("Deployment"))
                .map(GenericKubernetesResource.class::cast)
                .map(deployment -> deployment.<Map<String, String>>get("spec", "selector", "matchLabels"))
                .<Map<String, String>>map(TreeMap::new)
                .findFirst();
    }

    private static Optional<Finding> conflict(
            ClusterSnapshot cluster, Deployment live, Optional<Map<String, String>> wanted) {
        Map<String, String> found = new TreeMap<>(live.getSpec().getSelector().getMatchLabels());
        return wanted.filter(selector -> !selector.equals(found))
                .map(selector -> Finding.blocking(
                        cluster.where(),
                        "Deployment %s/%s".formatted(live.getMetadata().getNamespace(), EastWestGateway.NAME),
                        "the selector " + selector,
                        "the selector %s, which cannot be changed".formatted(found),
                        "Delete this Deployment (traffic between clusters pauses until the new one is ready), then try"
                                + " again."));
    }
}

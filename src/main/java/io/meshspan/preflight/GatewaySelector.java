package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.finding.Finding;
import io.meshspan.gateway.EastWestGateway;
import io.meshspan.gateway.IngressGateway;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Can the existing gateways be changed into the desired ones? The selector of a Deployment is immutable, and the gateways
 * of istioctl have another selector than the chart's (manifests/charts/gateway and
 * manifests/charts/gateways/istio-ingress).
 */
@Component
final class GatewaySelector implements Check {

    private final EastWestGateway eastWest;
    private final IngressGateway ingress;

    GatewaySelector(EastWestGateway eastWest, IngressGateway ingress) {
        this.eastWest = eastWest;
        this.ingress = ingress;
    }

    @Override
    public String name() {
        return "Gateway's selector";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        Stream<HasMetadata> gateway = mesh.gateways().contains(cluster.member())
                ? eastWest.desired(mesh, cluster.member()).stream()
                : Stream.of();
        return Stream.concat(gateway, ingress.desired(mesh, cluster.member()).stream())
                .filter(object -> object.getKind().equals("Deployment"))
                .map(GenericKubernetesResource.class::cast)
                .flatMap(desired -> conflict(cluster, desired).stream())
                .toList();
    }

    private static Optional<Finding> conflict(ClusterSnapshot cluster, GenericKubernetesResource desired) {
        String name = desired.getMetadata().getName();
        String namespace = desired.getMetadata().getNamespace();
        Map<String, String> selector =
                new TreeMap<>(desired.<Map<String, String>>get("spec", "selector", "matchLabels"));
        return cluster.find(Deployment.class, namespace, name)
                .map(live -> new TreeMap<>(live.getSpec().getSelector().getMatchLabels()))
                .filter(live -> !live.equals(selector))
                .map(
                        live -> Finding.blocking(
                                cluster.where(),
                                "Deployment %s/%s".formatted(namespace, name),
                                "the selector " + selector,
                                "the selector %s, which cannot be changed: another tool installed this gateway"
                                        .formatted(live),
                                "Set meshspan.renderer to that tool, helm or istioctl. Or delete this Deployment and try again: the"
                                        + " Service and its address stay, traffic through the gateway stops until it is back."));
    }
}

package io.meshspan.gateway;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Finds existing gateways whose pod selector differs from the rendered one. A Deployment's selector cannot be changed, and
 * the chart's differs from istioctl's (manifests/charts/gateway and manifests/charts/gateways/istio-ingress).
 */
@Component
public final class LivingGateways {

    private final Clusters clusters;
    private final EastWestGateway eastWest;
    private final IngressGateway ingress;

    LivingGateways(Clusters clusters, EastWestGateway eastWest, IngressGateway ingress) {
        this.clusters = clusters;
        this.eastWest = eastWest;
        this.ingress = ingress;
    }

    public List<Finding> check(Mesh mesh) {
        return clusters
                .inEach(
                        mesh.clusters(),
                        cluster -> deployments(mesh, mesh.member(cluster.name()))
                                .flatMap(wanted -> problem(cluster, wanted).stream())
                                .toList())
                .values()
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private Stream<GenericKubernetesResource> deployments(Mesh mesh, Member member) {
        Stream<HasMetadata> gateway =
                mesh.gateways().contains(member) ? eastWest.desired(mesh, member).stream() : Stream.of();
        return Stream.concat(gateway, ingress.desired(mesh, member).stream())
                .filter(object -> object.getKind().equals("Deployment"))
                .map(GenericKubernetesResource.class::cast);
    }

    private static Optional<Finding> problem(Cluster cluster, GenericKubernetesResource wanted) {
        String name = wanted.getMetadata().getName();
        String namespace = wanted.getMetadata().getNamespace();
        Map<String, String> selector = wanted.get("spec", "selector", "matchLabels");
        return cluster.find(Deployment.class, namespace, name)
                .map(live -> live.getSpec().getSelector().getMatchLabels())
                .filter(living -> !living.equals(selector))
                .map(
                        living -> Finding.blocking(
                                cluster.name().value(),
                                "Deployment %s/%s".formatted(namespace, name),
                                "the selector " + selector,
                                "the selector " + living
                                        + ", which cannot be changed: another tool installed this gateway",
                                "Set meshspan.renderer to that tool, helm or istioctl. Or delete this Deployment and try again: the"
                                        + " Service and its address stay, traffic through the gateway stops until it is back."));
    }
}

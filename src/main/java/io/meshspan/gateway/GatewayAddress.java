package io.meshspan.gateway;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.mesh.DeclaredGateway;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Does this gateway have an address for other clusters? Uses the declared address, otherwise the addresses of its Service:
 * IPs, or a hostname if the cloud provides one.
 */
public final class GatewayAddress {

    /** For a Service of type NodePort: Istio uses the addresses and ports of the nodes. */
    static final String NODES = "traffic.istio.io/nodeSelector";

    private GatewayAddress() {}

    public static CompletableFuture<?> in(Mesh mesh, Cluster cluster) {
        return declared(mesh, cluster).isPresent()
                ? CompletableFuture.completedFuture(cluster.name())
                : cluster.when(
                        Service.class,
                        mesh.namespaceOfGateways(),
                        EastWestGateway.NAME,
                        service -> !of(service).isEmpty() || isAtNodes(service));
    }

    /** The current addresses, in the order of the Service; only the declared one, if there is one. */
    static List<String> all(Mesh mesh, Cluster cluster) {
        return declared(mesh, cluster)
                .map(gateway -> List.of(gateway.address()))
                .orElseGet(() -> cluster.find(Service.class, mesh.namespaceOfGateways(), EastWestGateway.NAME)
                        .map(GatewayAddress::of)
                        .orElse(List.of()));
    }

    private static Optional<DeclaredGateway> declared(Mesh mesh, Cluster cluster) {
        return mesh.member(cluster.name()).declaredGateway();
    }

    private static List<String> of(Service service) {
        Stream<String> fixed = service.getSpec() == null ? Stream.of() : service.getSpec().getExternalIPs().stream();
        Stream<String> balanced = Optional.ofNullable(service.getStatus())
                .map(status -> status.getLoadBalancer())
                .map(balancer -> balancer.getIngress())
                .orElse(List.of())
                .stream()
                .flatMap(ingress -> ipOrHostname(ingress).stream());
        return Stream.concat(fixed, balanced).distinct().toList();
    }

    private static Optional<String> ipOrHostname(LoadBalancerIngress ingress) {
        return Stream.of(Optional.ofNullable(ingress.getIp()), Optional.ofNullable(ingress.getHostname()))
                .flatMap(Optional::stream)
                .filter(address -> !address.isEmpty())
                .findFirst();
    }

    private static boolean isAtNodes(Service service) {
        Map<String, String> annotations =
                Objects.requireNonNullElse(service.getMetadata().getAnnotations(), Map.of());
        return annotations.containsKey(NODES)
                && "NodePort".equals(service.getSpec().getType());
    }
}

package io.meshspan.gateway;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.meshspan.kubernetes.Cluster;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Is the address known at which other clusters reach this gateway? An IP, or a hostname where the cloud gives one. */
public final class GatewayAddress {

    private GatewayAddress() {}

    public static CompletableFuture<?> in(Cluster cluster) {
        return cluster.when(
                Service.class,
                EastWestGateway.NAMESPACE,
                EastWestGateway.NAME,
                service -> of(service).isPresent());
    }

    /** The address as it stands now, if there is one. */
    public static Optional<String> find(Cluster cluster) {
        return cluster.find(Service.class, EastWestGateway.NAMESPACE, EastWestGateway.NAME)
                .flatMap(GatewayAddress::of);
    }

    private static Optional<String> of(Service service) {
        return Optional.ofNullable(service.getStatus())
                .map(status -> status.getLoadBalancer())
                .flatMap(balancer -> balancer.getIngress().stream().findFirst())
                .flatMap(GatewayAddress::ipOrHostname);
    }

    private static Optional<String> ipOrHostname(LoadBalancerIngress ingress) {
        return Stream.of(Optional.ofNullable(ingress.getIp()), Optional.ofNullable(ingress.getHostname()))
                .flatMap(Optional::stream)
                .filter(address -> !address.isEmpty())
                .findFirst();
    }
}

package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.Mesh;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Do existing Services of type LoadBalancer get addresses, and of which kind? This check creates nothing. */
@Component
final class LoadBalancers implements Check {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Override
    public String name() {
        return "Load balancers";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        if (!mesh.gateways().contains(cluster.member())) {
            return List.of();
        }
        List<Service> balanced = cluster.anywhere(Service.class).stream()
                .filter(service -> "LoadBalancer".equals(service.getSpec().getType()))
                .toList();
        boolean serves = mesh.servesRemotes(cluster.member());
        return Stream.concat(pending(cluster, balanced).stream(), hostname(cluster, balanced, serves).stream())
                .toList();
    }

    private static Optional<Finding> pending(ClusterSnapshot cluster, List<Service> balanced) {
        boolean none =
                balanced.stream().flatMap(LoadBalancers::ingress).findAny().isEmpty();
        return balanced.stream()
                .filter(service -> none && isOld(service))
                .map(LoadBalancers::called)
                .sorted()
                .reduce((one, other) -> one + ", " + other)
                .map(names -> Finding.warning(
                        cluster.where(),
                        "load balancer of Service " + names,
                        "an address within %d minutes".formatted(PATIENCE.toMinutes()),
                        "none, and no other Service there has one",
                        "The east-west gateway needs one too: see that the cluster has a load balancer controller (a"
                                + " cloud's, MetalLB) with addresses to give."));
    }

    /**
     * With a hostname, a remote's webhook calls port 443, which the gateway does not serve
     * (samples/multicluster/gen-eastwest-gateway.sh).
     */
    private static Optional<Finding> hostname(ClusterSnapshot cluster, List<Service> balanced, boolean servesRemotes) {
        return balanced.stream()
                .filter(service -> servesRemotes)
                .filter(service -> ingress(service)
                        .anyMatch(
                                i -> i.getHostname() != null && !i.getHostname().isEmpty()))
                .map(LoadBalancers::called)
                .sorted()
                .findFirst()
                .map(name -> Finding.warning(
                        cluster.where(),
                        "load balancer of Service " + name,
                        "an IP address, by which remotes reach istiod behind the east-west gateway",
                        "a hostname",
                        "With a hostname, injection on remotes fails unless the gateway also serves port 443: see"
                                + " \"The gateway of a primary has a hostname\" in docs/runbook.md."));
    }

    private static boolean isOld(Service service) {
        return Optional.ofNullable(service.getMetadata().getCreationTimestamp())
                .map(Instant::parse)
                .filter(made -> made.isBefore(Instant.now().minus(PATIENCE)))
                .isPresent();
    }

    private static Stream<LoadBalancerIngress> ingress(Service service) {
        return service.getStatus() == null || service.getStatus().getLoadBalancer() == null
                ? Stream.of()
                : service.getStatus().getLoadBalancer().getIngress().stream();
    }

    private static String called(Service service) {
        return service.getMetadata().getNamespace() + "/"
                + service.getMetadata().getName();
    }
}

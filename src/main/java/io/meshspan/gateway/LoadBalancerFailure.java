package io.meshspan.gateway;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Service;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.mesh.Mesh;
import io.meshspan.rollout.ClusterEvents;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/**
 * The load balancer controller's message when it cannot give the gateway an address. It retries, each time later, and the
 * event counts its attempts.
 *
 * @param evidence distinguishes this attempt from the next one
 */
public record LoadBalancerFailure(String evidence, Finding finding) {

    /** A controller reports its start before its failure, both within one second. */
    private static final Comparator<Event> LAST =
            Comparator.comparing(ClusterEvents::time).thenComparing(event -> "Warning".equals(event.getType()));

    /**
     * A controller's last event of the gateway's Service, if it is a failure and no address came after it. Events of other
     * controllers do not end a failure: several may watch one Service.
     */
    public static Optional<LoadBalancerFailure> in(Mesh mesh, Cluster cluster) {
        return cluster.find(Service.class, mesh.namespaceOfGateways(), EastWestGateway.NAME)
                .filter(service -> GatewayAddress.all(mesh, cluster).isEmpty())
                .flatMap(service -> ClusterEvents.about(cluster, "Service", service.getMetadata())
                        .collect(Collectors.toMap(ClusterEvents::component, event -> event, BinaryOperator.maxBy(LAST)))
                        .values()
                        .stream()
                        .filter(event -> "Warning".equals(event.getType()))
                        .max(LAST)
                        .map(event -> failure(mesh, cluster, event)));
    }

    private static LoadBalancerFailure failure(Mesh mesh, Cluster cluster, Event event) {
        return new LoadBalancerFailure(
                "%s %d".formatted(event.getMetadata().getUid(), ClusterEvents.count(event)),
                Finding.blocking(
                        cluster.name().value(),
                        "load balancer of Service %s/%s".formatted(mesh.namespaceOfGateways(), EastWestGateway.NAME),
                        "an address",
                        "%s: %s"
                                .formatted(
                                        event.getReason(),
                                        String.valueOf(event.getMessage()).replaceAll("\\s+", " ")),
                        "Correct what the load balancer's controller reports: quota, subnets, rights, annotations of"
                                + " the Service."));
    }
}

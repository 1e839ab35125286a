package io.meshspan.gateway;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Service;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.mesh.Mesh;
import io.meshspan.rollout.ClusterEvents;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * What the load balancer's controller says when it cannot give the gateway an address. It tries again by itself, each time
 * later, and the event counts its tries.
 *
 * @param evidence tells this try from the next one
 */
public record LoadBalancerFailure(String evidence, Finding finding) {

    /** A controller says that it begins before it says that it failed, both within one second. */
    private static final Comparator<Event> LAST =
            Comparator.comparing(ClusterEvents::time).thenComparing(event -> "Warning".equals(event.getType()));

    /** The last thing said of the gateway's Service, if that is a failure and no address came after it. */
    public static Optional<LoadBalancerFailure> in(Mesh mesh, Cluster cluster) {
        return cluster.find(Service.class, mesh.namespaceOfGateways(), EastWestGateway.NAME)
                .filter(service -> GatewayAddress.all(mesh, cluster).isEmpty())
                .flatMap(service -> ClusterEvents.about(cluster, "Service", service.getMetadata())
                        .max(LAST)
                        .filter(event -> "Warning".equals(event.getType()))
                        .map(event -> failure(mesh, cluster, event)));
    }

    private static LoadBalancerFailure failure(Mesh mesh, Cluster cluster, Event event) {
        return new LoadBalancerFailure(
                "%s %s".formatted(event.getMetadata().getUid(), Objects.requireNonNullElse(event.getCount(), 1)),
                Finding.blocking(
                        cluster.name().value(),
                        "load balancer of Service %s/%s".formatted(mesh.namespaceOfGateways(), EastWestGateway.NAME),
                        "an address",
                        "%s: %s"
                                .formatted(
                                        event.getReason(),
                                        String.valueOf(event.getMessage()).replaceAll("\\s+", " ")),
                        "Correct what the load balancer's controller complains of: quota, subnets, rights, annotations of"
                                + " the Service."));
    }
}

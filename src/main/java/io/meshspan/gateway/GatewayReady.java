package io.meshspan.gateway;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.mesh.Mesh;
import io.meshspan.rollout.RolloutComplete;
import io.meshspan.rollout.RolloutFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Are the pods of the east-west gateway ready? */
public final class GatewayReady {

    private GatewayReady() {}

    public static CompletableFuture<?> in(Mesh mesh, Cluster cluster) {
        return cluster.when(Deployment.class, mesh.namespaceOfGateways(), EastWestGateway.NAME, RolloutComplete::test);
    }

    /** Why they are not, in the cluster's own words. */
    public static List<RolloutFailure> failures(Mesh mesh, Cluster cluster, Duration unscheduled) {
        return RolloutFailure.of(cluster, mesh.namespaceOfGateways(), EastWestGateway.NAME, unscheduled);
    }
}

package io.meshspan.process.wait;

import io.meshspan.controlplane.IstiodReady;
import io.meshspan.controlplane.RemoteReady;
import io.meshspan.gateway.GatewayAddress;
import io.meshspan.gateway.GatewayReady;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.lease.ClusterLeases;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.process.engine.node.StepsInFlight;
import io.meshspan.process.model.VariableNames;
import io.meshspan.verification.MeshVerification;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Everything that a diagram can name in the variable {@code condition}. */
@Component
final class Conditions {

    private static final Duration SELDOM = Duration.ofSeconds(2);

    private final Map<String, AwaitedCondition> byName;

    Conditions(
            WaitProperties limits,
            Clusters clusters,
            MeshVerification verification,
            ClusterLeases leases,
            StepsInFlight steps,
            Polling polling) {
        this.byName = Map.of(
                "steps-settled",
                new StepsSettled(limits.steps(), steps, polling),
                "istiod-ready",
                inCluster("istiod", limits.istiod(), clusters, IstiodReady::in),
                "remote-ready",
                inCluster("webhook and root certificate", limits.remote(), clusters, RemoteReady::in),
                "gateway-ready",
                inCluster("east-west gateway", limits.gateway(), clusters, GatewayReady::in),
                "gateway-address",
                inCluster("load balancer address", limits.address(), clusters, GatewayAddress::in),
                "control-planes-synced",
                inMesh(
                        "control planes in sync",
                        limits.sync(),
                        mesh -> polling.until(
                                () -> verification.controlPlanes(mesh).synced())),
                VariableNames.CLUSTERS_FREE,
                inMesh(
                        "the end of another change",
                        limits.clusters(),
                        mesh -> polling.until(SELDOM, () -> leases.free(mesh.clusters()))),
                "sample-ready",
                inMesh("HelloWorld and its client", limits.sample(), verification::sampleReady));
    }

    AwaitedCondition named(String name) {
        return Optional.ofNullable(byName.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no condition is called " + name));
    }

    private static AwaitedCondition inCluster(
            String what, Duration limit, Clusters clusters, BiFunction<Mesh, Cluster, CompletableFuture<?>> met) {
        return new Condition(what, limit, (mesh, cluster) -> met.apply(mesh, clusters.get(cluster.orElseThrow())));
    }

    private static AwaitedCondition inMesh(String what, Duration limit, Function<Mesh, CompletableFuture<?>> met) {
        return new Condition(what, limit, (mesh, cluster) -> met.apply(mesh));
    }

    private record Condition(
            String what, Duration limit, BiFunction<Mesh, Optional<ClusterName>, CompletableFuture<?>> looking)
            implements AwaitedCondition {

        @Override
        public String describe(Optional<ClusterName> cluster) {
            return cluster.map(name -> what + " of " + name).orElse(what);
        }

        @Override
        public String missing(String change) {
            return "not yet";
        }

        @Override
        public String advice() {
            return "Look at its pods and events in the cluster";
        }

        @Override
        public CompletableFuture<?> met(String change, Mesh mesh, Optional<ClusterName> cluster) {
            return looking.apply(mesh, cluster);
        }
    }

    private record StepsSettled(Duration limit, StepsInFlight steps, Polling polling) implements AwaitedCondition {

        @Override
        public String describe(Optional<ClusterName> cluster) {
            return "the end of steps under way";
        }

        @Override
        public String missing(String change) {
            return String.join(", ", steps.describe(change));
        }

        @Override
        public String advice() {
            return "See in the logs of these nodes which call does not come back; a node that does not end may be stopped";
        }

        @Override
        public CompletableFuture<?> met(String change, Mesh mesh, Optional<ClusterName> cluster) {
            return polling.until(() -> steps.settled(change));
        }
    }
}

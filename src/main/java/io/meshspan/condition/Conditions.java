package io.meshspan.condition;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.audit.Changes;
import io.meshspan.controlplane.IstioNamespace;
import io.meshspan.controlplane.IstiodReady;
import io.meshspan.controlplane.RemoteReady;
import io.meshspan.evidence.RecordedRequest;
import io.meshspan.gateway.GatewayAddress;
import io.meshspan.gateway.GatewayReady;
import io.meshspan.gateway.LoadBalancerFailure;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.lease.ClusterLeases;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.node.StepsInFlight;
import io.meshspan.rollout.RolloutComplete;
import io.meshspan.rollout.RolloutFailure;
import io.meshspan.trust.CertificateRequests;
import io.meshspan.verification.MeshVerification;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** All conditions that a diagram can name in the variable {@code condition}. */
@Component
public final class Conditions {

    /** The wait for the end of another change. */
    public static final String CLUSTERS_FREE = "clusters-free";

    private static final String ROLLED_OUT = "rolled-out ";
    private static final Duration SELDOM = Duration.ofSeconds(2);

    private final Duration scheduling;
    private final Map<String, AwaitedCondition> byName;
    private final Function<ObjectRef, AwaitedCondition> rolledOut;

    Conditions(
            WaitProperties limits,
            Clusters clusters,
            MeshVerification verification,
            ClusterLeases leases,
            StepsInFlight steps,
            Changes changes,
            CertificateRequests requests,
            RotationConditions rotation,
            Polling polling) {
        this.scheduling = limits.scheduling();
        this.rolledOut = workload -> rolledOut(limits.rollout(), clusters, polling, workload);
        this.byName = new HashMap<>(Map.of(
                "steps-settled",
                new StepsSettled(limits.steps(), steps, polling),
                "certificates-issued",
                new Condition(
                        "certificates",
                        limits.trust(),
                        (mesh, cluster) ->
                                polling.until(SELDOM, () -> requests.open(mesh).isEmpty()),
                        (mesh, cluster) -> requests.open(mesh).stream()
                                .map(open -> new WaitFailure(open.evidence(), open.refused(), open.finding()))
                                .toList()),
                "istiod-ready",
                new Condition(
                        "istiod",
                        limits.istiod(),
                        (mesh, cluster) -> IstiodReady.in(mesh, clusters.get(cluster.orElseThrow())),
                        (mesh, cluster) -> rollout(
                                clusters.get(cluster.orElseThrow()),
                                IstioNamespace.NAME,
                                mesh.revision().name("istiod"))),
                "remote-ready",
                inCluster("webhook and root certificate", limits.remote(), clusters, RemoteReady::in),
                "gateway-ready",
                new Condition(
                        "east-west gateway",
                        limits.gateway(),
                        (mesh, cluster) -> GatewayReady.in(mesh, clusters.get(cluster.orElseThrow())),
                        (mesh, cluster) -> told(
                                GatewayReady.failures(mesh, clusters.get(cluster.orElseThrow()), limits.scheduling()))),
                "gateway-address",
                new Condition(
                        "load balancer address",
                        limits.address(),
                        (mesh, cluster) -> GatewayAddress.in(mesh, clusters.get(cluster.orElseThrow())),
                        (mesh, cluster) -> LoadBalancerFailure.in(mesh, clusters.get(cluster.orElseThrow())).stream()
                                .map(failure -> new WaitFailure(failure.evidence(), true, failure.finding()))
                                .toList()),
                "control-planes-synced",
                new InSync(
                        "control planes in sync",
                        limits.sync(),
                        (mesh, cluster) -> verification.controlPlanes(mesh),
                        polling),
                "clusters-forgotten",
                new ClustersForgotten(limits.sync(), changes, verification, polling),
                CLUSTERS_FREE,
                inMesh(
                        "the end of another change",
                        limits.clusters(),
                        mesh -> polling.until(SELDOM, () -> leases.free(mesh.clusters()))),
                "sample-ready",
                new Condition(
                        "HelloWorld and its client",
                        limits.sample(),
                        (mesh, cluster) -> verification.sampleReady(mesh),
                        (mesh, cluster) -> sample(clusters, verification.sampleNamespace(), mesh))));
        byName.put(
                "control-plane-synced",
                new InSync(
                        "control plane in sync",
                        limits.sync(),
                        (mesh, cluster) -> verification.controlPlane(mesh, cluster.orElseThrow()),
                        polling));
        byName.putAll(rotation.byName(limits, polling));
    }

    public AwaitedCondition named(String name) {
        if (name.startsWith(ROLLED_OUT)) {
            return rolledOut.apply(workload(name.substring(ROLLED_OUT.length())));
        }
        return Optional.ofNullable(byName.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no condition is called " + name));
    }

    /** The name of the wait for a workload's rollout. */
    public static String rolledOut(ObjectRef workload) {
        return "%s%s %s/%s".formatted(ROLLED_OUT, workload.kind(), workload.namespace(), workload.name());
    }

    private static ObjectRef workload(String words) {
        int space = words.indexOf(' ');
        int slash = words.indexOf('/');
        return new ObjectRef(
                "apps/v1", words.substring(0, space), words.substring(space + 1, slash), words.substring(slash + 1));
    }

    private AwaitedCondition rolledOut(Duration limit, Clusters clusters, Polling polling, ObjectRef workload) {
        return new Condition(
                "rollout of " + workload,
                limit,
                (mesh, cluster) ->
                        polling.until(SELDOM, () -> RolloutComplete.in(clusters.get(cluster.orElseThrow()), workload)),
                (mesh, cluster) -> workload.kind().equals("Deployment")
                        ? rollout(
                                clusters.get(cluster.orElseThrow()),
                                String.valueOf(workload.namespace()),
                                workload.name())
                        : List.of());
    }

    private static AwaitedCondition inCluster(
            String what, Duration limit, Clusters clusters, BiFunction<Mesh, Cluster, CompletableFuture<?>> met) {
        return new Condition(
                what,
                limit,
                (mesh, cluster) -> met.apply(mesh, clusters.get(cluster.orElseThrow())),
                (mesh, cluster) -> List.of());
    }

    private static AwaitedCondition inMesh(String what, Duration limit, Function<Mesh, CompletableFuture<?>> met) {
        return new Condition(what, limit, (mesh, cluster) -> met.apply(mesh), (mesh, cluster) -> List.of());
    }

    private List<WaitFailure> rollout(Cluster cluster, String namespace, String deployment) {
        return told(RolloutFailure.of(cluster, namespace, deployment, scheduling));
    }

    private static List<WaitFailure> told(List<RolloutFailure> failures) {
        return failures.stream()
                .map(failure -> new WaitFailure(failure.evidence(), failure.lasting(), failure.finding()))
                .toList();
    }

    private List<WaitFailure> sample(Clusters clusters, String namespace, Mesh mesh) {
        return Clusters.joined(clusters.inEach(
                mesh.clusters(),
                cluster -> cluster.list(Deployment.class, namespace, Map.of()).stream()
                        .flatMap(deployment -> rollout(
                                cluster, namespace, deployment.getMetadata().getName())
                                .stream())
                        .toList()));
    }

    private record Condition(
            String what,
            Duration limit,
            BiFunction<Mesh, Optional<ClusterName>, CompletableFuture<?>> looking,
            BiFunction<Mesh, Optional<ClusterName>, List<WaitFailure>> failing)
            implements AwaitedCondition {

        @Override
        public String advice() {
            return "Look at its pods and events in the cluster";
        }

        @Override
        public List<WaitFailure> failures(Mesh mesh, Optional<ClusterName> cluster) {
            return failing.apply(mesh, cluster);
        }

        @Override
        public CompletableFuture<?> met(String change, Mesh mesh, Optional<ClusterName> cluster) {
            return looking.apply(mesh, cluster);
        }
    }

    private record StepsSettled(Duration limit, StepsInFlight steps, Polling polling) implements AwaitedCondition {

        @Override
        public String what() {
            return "the end of steps under way";
        }

        @Override
        public String missing(String change) {
            return String.join(", ", steps.describe(change));
        }

        @Override
        public String advice() {
            return "See in the logs of these nodes which call hangs; a node that does not end may be stopped";
        }

        @Override
        public CompletableFuture<?> met(String change, Mesh mesh, Optional<ClusterName> cluster) {
            return polling.until(() -> steps.settled(change));
        }
    }

    /** No control plane that stays lists a cluster that leaves: it sends no endpoints of it any more. */
    private record ClustersForgotten(Duration limit, Changes changes, MeshVerification verification, Polling polling)
            implements AwaitedCondition {

        @Override
        public String what() {
            return "control planes to forget the clusters";
        }

        @Override
        public String missing(String change) {
            return "istiod still lists one of " + gone(change);
        }

        @Override
        public String advice() {
            return "See with 'istioctl remote-clusters' which control plane lists it, and by which secret";
        }

        @Override
        public CompletableFuture<?> met(String change, Mesh mesh, Optional<ClusterName> cluster) {
            List<ClusterName> gone = gone(change);
            return gone.isEmpty() || gone.containsAll(mesh.clusters())
                    ? CompletableFuture.completedFuture(null)
                    : polling.until(() -> verification.forgotten(mesh, gone));
        }

        /** Those that leave; if an addition is rolled back, those that it added. */
        private List<ClusterName> gone(String change) {
            return RecordedRequest.kind(changes, change)
                    .map(kind -> Stream.concat(kind.leaving().stream(), kind.joining().stream())
                            .toList())
                    .orElse(List.of());
        }
    }
}

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

    private final Clusters clusters;
    private final Polling polling;
    private final WaitProperties limits;
    private final Map<String, AwaitedCondition> byName = new HashMap<>();

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
        this.clusters = clusters;
        this.polling = polling;
        this.limits = limits;
        byName.put("steps-settled", new StepsSettled(limits.steps(), steps, polling));
        byName.put("certificates-issued", certificatesIssued(requests));
        byName.put("istiod-ready", inCluster("istiod", limits.istiod(), IstiodReady::in, this::istiodFailures));
        byName.put(
                "remote-ready",
                inCluster(
                        "webhook and root certificate",
                        limits.remote(),
                        RemoteReady::in,
                        (mesh, cluster) -> List.of()));
        byName.put(
                "gateway-ready",
                inCluster("east-west gateway", limits.gateway(), GatewayReady::in, this::gatewayFailures));
        byName.put(
                "gateway-address",
                inCluster("load balancer address", limits.address(), GatewayAddress::in, Conditions::addressFailures));
        byName.put("control-planes-synced", controlPlanesSynced(verification));
        byName.put("control-plane-synced", controlPlaneSynced(verification));
        byName.put("clusters-forgotten", new ClustersForgotten(limits.sync(), changes, verification, polling));
        byName.put(
                CLUSTERS_FREE,
                inMesh(
                        "the end of another change",
                        limits.clusters(),
                        mesh -> polling.until(SELDOM, () -> leases.free(mesh.clusters())),
                        mesh -> List.of()));
        byName.put(
                "sample-ready",
                inMesh(
                        "HelloWorld and its client",
                        limits.sample(),
                        verification::sampleReady,
                        mesh -> sampleFailures(verification.sampleNamespace(), mesh)));
        byName.putAll(rotation.byName(limits, polling));
    }

    private AwaitedCondition certificatesIssued(CertificateRequests requests) {
        return inMesh(
                "certificates",
                limits.trust(),
                mesh -> polling.until(SELDOM, () -> requests.open(mesh).isEmpty()),
                mesh -> requests.open(mesh).stream()
                        .map(open -> new WaitFailure(open.evidence(), open.refused(), open.finding()))
                        .toList());
    }

    private AwaitedCondition controlPlanesSynced(MeshVerification verification) {
        return new InSync(
                "control planes in sync", limits.sync(), (mesh, cluster) -> verification.controlPlanes(mesh), polling);
    }

    private AwaitedCondition controlPlaneSynced(MeshVerification verification) {
        return new InSync(
                "control plane in sync",
                limits.sync(),
                (mesh, cluster) -> verification.controlPlane(mesh, cluster.orElseThrow()),
                polling);
    }

    public AwaitedCondition named(String name) {
        if (name.startsWith(ROLLED_OUT)) {
            return rolloutOf(workload(name.substring(ROLLED_OUT.length())));
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

    private AwaitedCondition rolloutOf(ObjectRef workload) {
        return inCluster(
                "rollout of " + workload,
                limits.rollout(),
                (mesh, cluster) -> polling.until(SELDOM, () -> RolloutComplete.in(cluster, workload)),
                (mesh, cluster) -> workload.kind().equals("Deployment")
                        ? rolloutFailures(cluster, String.valueOf(workload.namespace()), workload.name())
                        : List.of());
    }

    private AwaitedCondition inCluster(
            String what,
            Duration limit,
            BiFunction<Mesh, Cluster, CompletableFuture<?>> met,
            BiFunction<Mesh, Cluster, List<WaitFailure>> failures) {
        return new Condition(
                what,
                limit,
                (mesh, name) -> met.apply(mesh, clusters.get(name.orElseThrow())),
                (mesh, name) -> failures.apply(mesh, clusters.get(name.orElseThrow())));
    }

    private static AwaitedCondition inMesh(
            String what,
            Duration limit,
            Function<Mesh, CompletableFuture<?>> met,
            Function<Mesh, List<WaitFailure>> failures) {
        return new Condition(what, limit, (mesh, cluster) -> met.apply(mesh), (mesh, cluster) -> failures.apply(mesh));
    }

    private List<WaitFailure> istiodFailures(Mesh mesh, Cluster cluster) {
        return rolloutFailures(cluster, IstioNamespace.NAME, mesh.revision().name("istiod"));
    }

    private List<WaitFailure> gatewayFailures(Mesh mesh, Cluster cluster) {
        return waitFailures(GatewayReady.failures(mesh, cluster, limits.scheduling()));
    }

    private static List<WaitFailure> addressFailures(Mesh mesh, Cluster cluster) {
        return LoadBalancerFailure.in(mesh, cluster).stream()
                .map(failure -> new WaitFailure(failure.evidence(), true, failure.finding()))
                .toList();
    }

    private List<WaitFailure> sampleFailures(String namespace, Mesh mesh) {
        return Clusters.joined(clusters.inEach(
                mesh.clusters(),
                cluster -> cluster.list(Deployment.class, namespace, Map.of()).stream()
                        .flatMap(deployment ->
                                rolloutFailures(
                                        cluster,
                                        namespace,
                                        deployment.getMetadata().getName())
                                        .stream())
                        .toList()));
    }

    private List<WaitFailure> rolloutFailures(Cluster cluster, String namespace, String deployment) {
        return waitFailures(RolloutFailure.of(cluster, namespace, deployment, limits.scheduling()));
    }

    private static List<WaitFailure> waitFailures(List<RolloutFailure> failures) {
        return failures.stream()
                .map(failure -> new WaitFailure(failure.evidence(), failure.lasting(), failure.finding()))
                .toList();
    }

    private record Condition(
            String what,
            Duration limit,
            BiFunction<Mesh, Optional<ClusterName>, CompletableFuture<?>> met,
            BiFunction<Mesh, Optional<ClusterName>, List<WaitFailure>> failures)
            implements AwaitedCondition {

        @Override
        public String advice() {
            return "Look at its pods and events in the cluster";
        }

        @Override
        public List<WaitFailure> failures(Mesh mesh, Optional<ClusterName> cluster) {
            return failures.apply(mesh, cluster);
        }

        @Override
        public CompletableFuture<?> met(String change, Mesh mesh, Optional<ClusterName> cluster) {
            return met.apply(mesh, cluster);
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

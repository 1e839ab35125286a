package io.meshspan.verification;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.mock;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Two clusters on two networks; each answers what a test tells it to. */
final class StubClusters implements Clusters {

    static final ClusterName ONE = new ClusterName("cluster1");
    static final ClusterName TWO = new ClusterName("cluster2");
    static final Mesh MULTI_PRIMARY = mesh(Topology.MULTI_PRIMARY_MULTI_NETWORK, Member.primary(TWO, network(2)));
    static final Mesh PRIMARY_REMOTE = mesh(Topology.PRIMARY_REMOTE_MULTI_NETWORK, Member.remote(TWO, network(2), ONE));
    static final VerificationProperties DEFAULTS =
            new VerificationProperties(null, "curlimages/curl:8.16.0", 0.001, "sample");

    final Cluster one = cluster(ONE);
    final Cluster two = cluster(TWO);

    @Override
    public Cluster get(ClusterName name) {
        return name.equals(ONE) ? one : two;
    }

    @Override
    public <R> SortedMap<ClusterName, R> inEach(Collection<ClusterName> names, Function<Cluster, R> step) {
        SortedMap<ClusterName, R> results = new TreeMap<>();
        names.forEach(name -> results.put(name, step.apply(get(name))));
        return results;
    }

    static Pod pod(String name, boolean ready, String... containers) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withContainers(List.of(containers).stream()
                        .map(container ->
                                new ContainerBuilder().withName(container).build())
                        .toList())
                .endSpec()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .endCondition()
                .endStatus()
                .build();
    }

    static StepFailed denied(String what) {
        return new StepFailed(
                FailureCode.DENIED, Finding.blocking("cluster2", what, "allowed", "forbidden", "Grant it."));
    }

    private static Cluster cluster(ClusterName name) {
        Cluster cluster = mock(Cluster.class);
        lenient().when(cluster.name()).thenReturn(name);
        lenient()
                .when(cluster.apply(any()))
                .thenAnswer(call -> applied(name, call.getArgument(0), ApplyOutcome.CREATED));
        lenient()
                .when(cluster.delete(any()))
                .thenAnswer(call -> applied(name, call.getArgument(0), ApplyOutcome.DELETED));
        return cluster;
    }

    private static AppliedObject applied(ClusterName name, HasMetadata object, ApplyOutcome applyOutcome) {
        return new AppliedObject(name, ObjectRef.of(object), applyOutcome);
    }

    private static Mesh mesh(Topology topology, Member second) {
        return new Mesh(
                new MeshId("mesh1"),
                topology,
                IstioVersion.parse("1.30.3"),
                List.of(Member.primary(ONE, network(1)), second));
    }

    private static NetworkName network(int number) {
        return new NetworkName("network" + number);
    }
}

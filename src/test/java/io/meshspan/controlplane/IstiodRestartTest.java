package io.meshspan.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.DryRunResult;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

/** What is written while no istiod runs, which starts again in any case. */
class IstiodRestartTest {

    private static final String MARK = "change-1";
    private static final ClusterName NAME = new ClusterName("cluster1");
    private static final Map<String, String> LABELS = Map.of("istio", "pilot");
    private static final ObjectRef ISTIOD = new ObjectRef("apps/v1", "Deployment", "istio-system", "istiod");
    private static final Mesh MESH = new Mesh(
            new MeshId("mesh1"),
            Topology.MULTI_PRIMARY,
            IstioVersion.parse("1.30.3"),
            List.of(Member.primary(NAME, new NetworkName("network1"))));

    private final Cluster cluster = mock(Cluster.class);

    @SuppressWarnings("unchecked")
    private final Supplier<List<AppliedObject>> writes = mock(Supplier.class);

    private final IstiodRestart istiods = new IstiodRestart(mock(Clusters.class));

    @BeforeEach
    void run() {
        AppliedObject restarted = new AppliedObject(NAME, ISTIOD, ApplyOutcome.PATCHED);
        when(cluster.name()).thenReturn(NAME);
        when(cluster.restart(ISTIOD, MARK)).thenReturn(restarted);
        when(cluster.list(Pod.class, "istio-system", LABELS))
                .thenReturn(List.of(new Pod()))
                .thenReturn(List.of());
        when(writes.get()).thenReturn(List.of());
        live(Map.of(), ApplyOutcome.PATCHED);
    }

    @Test
    void shouldWriteWhileNoPodIsLeftAndStartAsManyAgain() {
        List<AppliedObject> applied = istiods.whileStopped(cluster, MESH, MARK, writes);

        assertThat(applied).extracting(AppliedObject::object).containsExactly(ISTIOD);
        InOrder order = inOrder(cluster, writes);
        order.verify(cluster).merge(ISTIOD, fields(0, "3"));
        order.verify(cluster, times(2)).list(Pod.class, "istio-system", LABELS);
        order.verify(writes).get();
        order.verify(cluster).restart(ISTIOD, MARK);
        order.verify(cluster).merge(ISTIOD, fields(3, null));
    }

    @Test
    void shouldStartThemAsTheyWereIfTheWritesFail() {
        when(writes.get()).thenThrow(new TransientException("not now"));

        assertThatThrownBy(() -> istiods.whileStopped(cluster, MESH, MARK, writes))
                .hasMessage("not now");

        verify(cluster).merge(ISTIOD, fields(3, null));
        verify(cluster, never()).restart(any(), eq(MARK));
    }

    @Test
    void shouldGoOnWhereAnAttemptDiedThatHadStoppedThem() {
        live(Map.of("meshspan.io/replicas-before-stop", "5"), ApplyOutcome.UNCHANGED);

        istiods.whileStopped(cluster, MESH, MARK, writes);

        verify(writes).get();
        verify(cluster).merge(ISTIOD, fields(5, null));
    }

    @Test
    void shouldOnlyWriteWhereThereIsNone() {
        when(cluster.find(Deployment.class, "istio-system", "istiod")).thenReturn(Optional.empty());

        assertThat(istiods.whileStopped(cluster, MESH, MARK, writes)).isEmpty();

        verify(writes).get();
        verify(cluster, never()).restart(any(), eq(MARK));
    }

    @Test
    void shouldStopNoneTwiceForTheSame() {
        live(Map.of(), ApplyOutcome.UNCHANGED);

        istiods.whileStopped(cluster, MESH, MARK, writes);

        verify(writes).get();
        verify(cluster, never()).merge(any(), any());
    }

    private void live(Map<String, String> annotations, ApplyOutcome restart) {
        Deployment deployment = new DeploymentBuilder()
                .withNewMetadata()
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .withReplicas(3)
                .withNewSelector()
                .withMatchLabels(LABELS)
                .endSelector()
                .endSpec()
                .build();
        when(cluster.find(Deployment.class, "istio-system", "istiod")).thenReturn(Optional.of(deployment));
        when(cluster.previewRestart(ISTIOD, MARK)).thenReturn(new DryRunResult(NAME, ISTIOD, restart, List.of(), true));
    }

    private static Map<String, Object> fields(int replicas, @Nullable String kept) {
        Map<String, @Nullable String> annotations = new HashMap<>();
        annotations.put("meshspan.io/replicas-before-stop", kept);
        return Map.of("spec", Map.of("replicas", replicas), "metadata", Map.of("annotations", annotations));
    }
}

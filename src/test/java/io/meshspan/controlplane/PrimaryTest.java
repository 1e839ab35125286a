package io.meshspan.controlplane;

import static io.meshspan.mesh.TwoPrimaries.MESH;
import static io.meshspan.mesh.TwoPrimaries.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.kubernetes.ClustersInMemory;
import io.meshspan.manifest.ManifestPart;
import io.meshspan.manifest.SandboxCharts;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PrimaryTest {

    @Test
    void shouldGiveIstiodTheValuesOfTheGuide() {
        ManifestPart part = part(MESH, null, null);

        assertThat(part.releases().get(0).name()).isEqualTo("istio-base");
        assertThat(part.releases().get(0).values().isEmpty()).isTrue();
        assertThat(part.releases().get(1).name()).isEqualTo("istiod");
        assertThat(part.releases().get(1).values().tree())
                .isEqualTo(Map.of(
                        "global",
                        Map.of(
                                "meshID", "mesh1",
                                "multiCluster", Map.of("clusterName", "cluster2"),
                                "network", "network2",
                                "tag", "1.30.3")));
    }

    @Test
    void shouldWriteTheGuidesIstioOperator() {
        assertThat(SandboxCharts.operatorFile(part(MESH, "registry.example.org/istio", null)))
                .isEqualTo("""
                        apiVersion: install.istio.io/v1alpha1
                        kind: IstioOperator
                        spec:
                          hub: registry.example.org/istio
                          profile: minimal
                          tag: 1.30.3
                          values:
                            defaultRevision: default
                            global:
                              meshID: mesh1
                              multiCluster:
                                clusterName: cluster2
                              network: network2
                        """);
    }

    @Test
    void shouldTakeImagesFromWhereTheConfigurationSays() {
        ManifestPart part = part(MESH, "registry.example.org/istio", "1.30.3-distroless");

        assertThat(String.valueOf(part.releases().get(1).values()))
                .contains("hub=registry.example.org/istio", "tag=1.30.3-distroless");
    }

    @Test
    void shouldMarkEveryObjectAsTheMeshes() {
        List<HasMetadata> objects =
                new Primary(SandboxCharts.renderer(), SandboxCharts.images(null, null)).desired(MESH, MESH.member(TWO));

        assertThat(objects)
                .hasSizeGreaterThan(20)
                .allSatisfy(object ->
                        assertThat(object.getMetadata().getLabels()).containsKey("applyset.kubernetes.io/part-of"));
    }

    @Test
    void shouldLabelTheNamespaceOfEachClusterWithItsNetwork() {
        ClusterInMemory one = new ClusterInMemory("cluster1");
        ClusterInMemory two = new ClusterInMemory("cluster2");

        List<AppliedObject> applied =
                new IstioNamespaces(ClustersInMemory.of(one, two), SandboxCharts.images(null, null)).create(MESH);

        assertThat(network(one)).isEqualTo(Map.of("topology.istio.io/network", "network1"));
        assertThat(network(two)).isEqualTo(Map.of("topology.istio.io/network", "network2"));
        assertThat(applied)
                .extracting(a -> a.cluster() + " " + a.object())
                .containsExactly(
                        "cluster1 Namespace istio-system",
                        "cluster1 ConfigMap istio-system/meshspan-mesh1",
                        "cluster2 Namespace istio-system",
                        "cluster2 ConfigMap istio-system/meshspan-mesh1");
    }

    private static Map<String, String> network(ClusterInMemory cluster) {
        return cluster.find(Namespace.class, null, "istio-system")
                .orElseThrow()
                .getMetadata()
                .getLabels();
    }

    private static ManifestPart part(Mesh mesh, @Nullable String hub, @Nullable String tag) {
        return new Primary(SandboxCharts.renderer(), SandboxCharts.images(hub, tag)).part(mesh, mesh.member(TWO));
    }
}

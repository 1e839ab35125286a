package io.meshspan.controlplane;

import static io.meshspan.mesh.TwoPrimaries.MESH;
import static io.meshspan.mesh.TwoPrimaries.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.meshspan.kubernetes.Applied;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.kubernetes.ClustersInMemory;
import io.meshspan.manifest.Chart;
import io.meshspan.manifest.SandboxCharts;
import io.meshspan.mesh.IstioVersion;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrimaryTest {

    private final Map<Chart, Map<String, Object>> rendered = new EnumMap<>(Chart.class);

    @Test
    void shouldGiveIstiodTheValuesOfTheGuide() {
        desired(new Primary(this::remember, SandboxCharts.images(null, null)));

        assertThat(rendered.get(Chart.BASE)).isEmpty();
        assertThat(rendered.get(Chart.ISTIOD))
                .isEqualTo(Map.of(
                        "global",
                        Map.of(
                                "meshID", "mesh1",
                                "multiCluster", Map.of("clusterName", "cluster2"),
                                "network", "network2",
                                "tag", "1.30.3")));
    }

    @Test
    void shouldTakeImagesFromWhereTheConfigurationSays() {
        desired(new Primary(this::remember, SandboxCharts.images("registry.example.org/istio", "1.30.3-distroless")));

        assertThat(String.valueOf(rendered.get(Chart.ISTIOD)))
                .contains("hub=registry.example.org/istio", "tag=1.30.3-distroless");
    }

    @Test
    void shouldMarkEveryObjectAsTheMeshes() {
        List<HasMetadata> objects = desired(new Primary(SandboxCharts.renderer(), SandboxCharts.images(null, null)));

        assertThat(objects)
                .hasSizeGreaterThan(20)
                .allSatisfy(object ->
                        assertThat(object.getMetadata().getLabels()).containsKey("applyset.kubernetes.io/part-of"));
    }

    @Test
    void shouldLabelTheNamespaceOfEachClusterWithItsNetwork() {
        ClusterInMemory one = new ClusterInMemory("cluster1");
        ClusterInMemory two = new ClusterInMemory("cluster2");

        List<Applied> applied = new IstioNamespaces(ClustersInMemory.of(one, two)).create(MESH);

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

    private static List<HasMetadata> desired(Primary primary) {
        return primary.desired(MESH, MESH.member(TWO));
    }

    private List<GenericKubernetesResource> remember(Chart chart, IstioVersion version, Map<String, Object> values) {
        rendered.put(chart, values);
        return new ArrayList<>();
    }
}

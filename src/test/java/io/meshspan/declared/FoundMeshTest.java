package io.meshspan.declared;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.meshspan.declared.RunningMesh.FoundCluster;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.AcceptedReleases;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Role;
import io.meshspan.preflight.InstalledIstio;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Clusters that have one name for people and another one in Istio. */
class FoundMeshTest {

    private static final String SHOP = "gke_acme-prod_europe-west1_shop";
    private static final String EDGE = "arn.aws.eks_Edge.1";

    @Test
    void shouldReadAMeshByTheNamesThatIstioHas() {
        FoundCluster shop = found("shop", SHOP, SHOP, Map.of("istiod", "1.30.3"), Set.of(), Set.of(EDGE));
        FoundCluster edge = found("edge", EDGE, EDGE, Map.of(), Set.of(SHOP), Set.of());

        FoundMesh read = FoundMesh.of(List.of(shop, edge), AcceptedReleases.KNOWN);

        assertThat(read.findings().list()).extracting(Finding::found).containsOnly("none");
        Mesh mesh = read.mesh().orElseThrow();
        assertThat(mesh.id()).isEqualTo(new MeshId("Mesh_EU"));
        assertThat(mesh.members())
                .extracting(member -> member.istioName().value())
                .containsExactly(SHOP, EDGE);
        assertThat(mesh.members().get(1).role()).isEqualTo(Role.REMOTE);
        assertThat(mesh.members().get(1).controlPlane()).isEqualTo(new ClusterName("shop"));
    }

    @Test
    void shouldTakeARemoteThatAnyControlPlaneMayServe() {
        FoundCluster shop = found("shop", SHOP, SHOP, Map.of("istiod", "1.30.3"), Set.of(), Set.of(EDGE));
        FoundCluster edge = found("edge", EDGE, EDGE, Map.of(), Set.of("*"), Set.of());

        assertThat(FoundMesh.of(List.of(shop, edge), AcceptedReleases.KNOWN).mesh())
                .hasValueSatisfying(
                        mesh -> assertThat(mesh.members().get(1).controlPlane()).isEqualTo(new ClusterName("shop")));
    }

    @Test
    void shouldSayWhichSettingGivesTheInventoryIstiosName() {
        FoundCluster shop = found("shop", "shop", SHOP, Map.of("istiod", "1.30.3"), Set.of(), Set.of());

        FoundMesh read = FoundMesh.of(List.of(shop), AcceptedReleases.KNOWN);

        assertThat(read.mesh()).isEmpty();
        assertThat(read.findings().toString())
                .contains("expected shop, as in the inventory, found " + SHOP)
                .contains("Set meshspan.inventory.clusters.shop.cluster-name to what Istio has");
    }

    private static FoundCluster found(
            String name,
            String inventory,
            String istio,
            Map<String, String> versions,
            Set<String> servedBy,
            Set<String> reads) {
        return new FoundCluster(
                new ClusterName(name),
                new IstioClusterName(inventory),
                new NetworkName("vpc_eu.prod"),
                InstalledIstio.in(List.of(values(istio))),
                versions,
                servedBy,
                reads,
                false,
                false,
                false,
                Optional.of("root"));
    }

    private static ConfigMap values(String cluster) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("values")
                .addToLabels("istio.io/rev", "default")
                .endMetadata()
                .addToData(
                        "merged-values",
                        "{\"global\":{\"meshID\":\"Mesh_EU\",\"network\":\"vpc_eu.prod\",\"multiCluster\":{\"clusterName\":\""
                                + cluster + "\"}}}")
                .build();
    }
}

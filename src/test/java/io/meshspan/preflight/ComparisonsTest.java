package io.meshspan.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import io.meshspan.mesh.TwoPrimaries;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonsTest {

    private static final NetworkName SHARED = new NetworkName("network1");
    private static final Mesh ON_ONE_NETWORK = new Mesh(
            new MeshId("mesh1"),
            Topology.MULTI_PRIMARY,
            IstioVersion.parse("1.30.3"),
            List.of(Member.primary(TwoPrimaries.ONE, SHARED), Member.primary(TwoPrimaries.TWO, SHARED)));

    @ParameterizedTest
    @CsvSource({"uid-1, uid-1, 1", "uid-1, uid-2, 0"})
    void shouldSeeTwoNamesOfOneCluster(String one, String two, int findings) {
        assertThat(CheckFindings.of(
                        new DuplicateCluster(),
                        TwoPrimaries.MESH,
                        new ClusterInMemory("cluster1").with(kubeSystem(one)),
                        new ClusterInMemory("cluster2").with(kubeSystem(two))))
                .hasSize(findings);
    }

    @ParameterizedTest
    @CsvSource({
        "10.244.0.0/24, 10.244.0.0/24, 10.244.0.0/24 in both",
        "10.244.0.0/16, 10.244.7.0/24, 10.244.0.0/16 and 10.244.7.0/24",
        "fd00:10::/56,  fd00:10:0:7::/64, fd00:10::/56 and fd00:10:0:7::/64"
    })
    void shouldSeePodAddressesThatOverlapOnOneNetwork(String one, String two, String found) {
        assertThat(CheckFindings.of(new PodNetworks(), ON_ONE_NETWORK, node("cluster1", one), node("cluster2", two)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).isEqualTo(found));
    }

    @ParameterizedTest
    @CsvSource({
        "10.244.0.0/24, 10.244.1.0/24",
        "10.0.0.0/8, fd00::/8",
        "nonsense, 10.0.0.0/8",
        "10.0.0.0/99, 10.0.0.0/8"
    })
    void shouldLetApartBe(String one, String two) {
        assertThat(CheckFindings.of(new PodNetworks(), ON_ONE_NETWORK, node("cluster1", one), node("cluster2", two)))
                .isEmpty();
    }

    @Test
    void shouldNotMindTheSameAddressesOnDifferentNetworks() {
        assertThat(CheckFindings.of(
                        new PodNetworks(),
                        TwoPrimaries.MESH,
                        node("cluster1", "10.244.0.0/24"),
                        node("cluster2", "10.244.0.0/24")))
                .isEmpty();
    }

    private static ClusterInMemory node(String cluster, String range) {
        Node node = new NodeBuilder()
                .withNewMetadata()
                .withName("node")
                .endMetadata()
                .withNewSpec()
                .withPodCIDRs(range)
                .endSpec()
                .build();
        return new ClusterInMemory(cluster).with(node);
    }

    private static io.fabric8.kubernetes.api.model.Namespace kubeSystem(String uid) {
        return CheckFindings.namespace("kube-system")
                .editMetadata()
                .withUid(uid)
                .endMetadata()
                .build();
    }
}

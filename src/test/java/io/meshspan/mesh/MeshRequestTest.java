package io.meshspan.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.finding.StepFailed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeshRequestTest {

    private static final Map<ClusterName, NetworkName> KNOWN = Map.of(
            new ClusterName("cluster1"), new NetworkName("network1"),
            new ClusterName("cluster2"), new NetworkName("network2"),
            new ClusterName("neighbour1"), new NetworkName("network1"));

    @Test
    void shouldBecomeAMeshOfPrimariesInTheOrderOfTheRequest() {
        Mesh mesh = request("mesh1", "1.30.3", "cluster2", "cluster1").toMesh();

        assertThat(mesh.id()).isEqualTo(new MeshId("mesh1"));
        assertThat(mesh.version()).isEqualTo(new IstioVersion(1, 30, 3));
        assertThat(mesh.members())
                .containsExactly(
                        Member.primary(new ClusterName("cluster2"), new NetworkName("network2")),
                        Member.primary(new ClusterName("cluster1"), new NetworkName("network1")));
    }

    @Test
    void shouldSayEverythingThatIsWrongAtOnce() {
        List<Finding> findings = findings(new MeshRequest(
                Topology.MULTI_PRIMARY_MULTI_NETWORK,
                "Mesh_1",
                "1.9.0",
                "no hub",
                "no tag",
                List.of("cluster1", "cluster1", "Cluster X", ""),
                "",
                KNOWN,
                List.of("approved")));

        assertThat(findings).allSatisfy(f -> assertThat(f.severity()).isEqualTo(Severity.BLOCKING));
        assertThat(findings)
                .extracting(Finding::what)
                .contains("meshId", "istioVersion", "hub", "tag", "clusters", "approved");
        assertThat(findings)
                .extracting(Finding::found)
                .contains("'Mesh_1'", "'1.9.0'", "'cluster1' twice", "'Cluster X'", "''", "all on network1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.30", "1.27.9", "1.31.0", "2.30.0", "1.30.3-rc.1", "latest", "1.30.99999999999"})
    void shouldRefuseAVersionThatMeshspanDoesNotKnow(String version) {
        assertThat(findings(request("mesh1", version, "cluster1", "cluster2")))
                .singleElement()
                .satisfies(f -> assertThat(f.what()).isEqualTo("istioVersion"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.28.0", "1.29.10", "1.30.3"})
    void shouldTakeTheVersionsThatMeshspanKnows(String version) {
        assertThat(request("mesh1", version, "cluster1", "cluster2").toMesh().version())
                .hasToString(version);
    }

    @Test
    void shouldWantTwoClusters() {
        assertThat(findings(request("mesh1", "1.30.3", "cluster1")))
                .extracting(Finding::expected)
                .contains("two or more");
    }

    @Test
    void shouldWantSeveralNetworksForAMultiNetworkTopology() {
        assertThat(findings(request("mesh1", "1.30.3", "cluster1", "neighbour1")))
                .singleElement()
                .satisfies(f -> assertThat(f.found()).isEqualTo("all on network1"));
    }

    @Test
    void shouldWantOneNetworkForASingleNetworkTopology() {
        MeshRequest request = new MeshRequest(
                Topology.MULTI_PRIMARY,
                "mesh1",
                "1.30.3",
                "",
                "",
                List.of("cluster1", "cluster2"),
                "",
                KNOWN,
                List.of());

        assertThat(findings(request))
                .singleElement()
                .satisfies(f -> assertThat(f.expected()).isEqualTo("clusters on one network"));
    }

    @Test
    void shouldMakeTheOthersRemotesOfThePrimary() {
        assertThat(primaryRemote("cluster2").toMesh().members())
                .containsExactly(
                        Member.remote(
                                new ClusterName("cluster1"), new NetworkName("network1"), new ClusterName("cluster2")),
                        Member.primary(new ClusterName("cluster2"), new NetworkName("network2")));
    }

    @Test
    void shouldTakeTheFirstClusterAsThePrimaryIfNoneIsNamed() {
        assertThat(primaryRemote("").toMesh().primaries())
                .extracting(Member::cluster)
                .containsExactly(new ClusterName("cluster1"));
    }

    @Test
    void shouldRefuseAPrimaryOutsideTheMesh() {
        assertThat(findings(primaryRemote("neighbour1")))
                .singleElement()
                .satisfies(f -> assertThat(f.what()).isEqualTo("primary"));
    }

    private static MeshRequest request(String meshId, String version, String... clusters) {
        return new MeshRequest(
                Topology.MULTI_PRIMARY_MULTI_NETWORK, meshId, version, "", "", List.of(clusters), "", KNOWN, List.of());
    }

    private static MeshRequest primaryRemote(String primary) {
        return new MeshRequest(
                Topology.PRIMARY_REMOTE_MULTI_NETWORK,
                "mesh1",
                "1.30.3",
                "",
                "",
                List.of("cluster1", "cluster2"),
                primary,
                KNOWN,
                List.of());
    }

    private static List<Finding> findings(MeshRequest request) {
        var refusal = assertThatExceptionOfType(StepFailed.class)
                .isThrownBy(request::toMesh)
                .actual();
        assertThat(refusal.code()).isEqualTo(FailureCode.INPUT_REJECTED);
        return refusal.findings();
    }
}

package io.meshspan.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.finding.StepFailed;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeshRequestTest {

    private static final Map<ClusterName, NetworkName> KNOWN = Map.of(
            new ClusterName("cluster1"), new NetworkName("network1"),
            new ClusterName("cluster2"), new NetworkName("network2"),
            new ClusterName("neighbour1"), new NetworkName("network1"));

    private static final RequestedFields FIELDS = fields("mesh1", "1.30.3", "", "", "");

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
        Finding misread = Finding.blocking("request", "approved", "no such field", "a value", "Leave it out.");
        List<Finding> findings = findings(new MeshRequest(
                Topology.MULTI_PRIMARY_MULTI_NETWORK,
                fields("Mesh 1", "1.9.0", "no hub", "no tag", "No_Revision"),
                primaries("cluster1", "cluster1", "Cluster X", ""),
                KNOWN,
                List.of(misread)));

        assertThat(findings).allSatisfy(f -> assertThat(f.severity()).isEqualTo(Severity.BLOCKING));
        assertThat(findings)
                .extracting(f -> f.what() + " " + f.found())
                .containsExactly(
                        "approved a value",
                        "meshId 'Mesh 1'",
                        "istioVersion '1.9.0'",
                        "hub 'no hub'",
                        "tag 'no tag'",
                        "revision 'No_Revision'",
                        "clusters 'cluster1' again",
                        "clusters 'Cluster X'",
                        "clusters nothing",
                        "clusters all on network1");
    }

    @Test
    void shouldAskForAMeshWhenNothingWasSaid() {
        MeshRequest nothing =
                new MeshRequest(Topology.MIXED, fields("", "", "", "", ""), primaries(), KNOWN, List.of());

        assertThat(findings(nothing))
                .singleElement()
                .satisfies(f -> assertThat(f.what()).isEqualTo("meshFile"));
    }

    @Test
    void shouldKeepRevisionAndExtras() {
        RequestedFields fields = new RequestedFields(
                said("mesh1"), said("1.30.3"), said(""), said(""), said("1-30-3"), new ProfileExtras(true, false));

        Mesh mesh =
                new MeshRequest(Topology.MIXED, fields, primaries("cluster1", "cluster2"), KNOWN, List.of()).toMesh();

        assertThat(mesh.revision()).isEqualTo(new Revision("1-30-3"));
        assertThat(mesh.extras()).isEqualTo(new ProfileExtras(true, false));
    }

    @Test
    void shouldRefuseIstiosOtherNameForNoRevision() {
        MeshRequest request = new MeshRequest(
                Topology.MIXED,
                fields("mesh1", "1.30.3", "", "", "default"),
                primaries("cluster1", "cluster2"),
                KNOWN,
                List.of());

        assertThat(findings(request)).extracting(Finding::what).containsExactly("revision");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.30",
                "1.27.9",
                "1.33.0",
                "2.30.0",
                "1.30.03",
                "1.030.3",
                "1.30.3-",
                "1.30.3+build",
                "latest",
                "1.30.99999999999"
            })
    void shouldRefuseAVersionThatMeshspanDoesNotKnow(String version) {
        assertThat(findings(request("mesh1", version, "cluster1", "cluster2")))
                .singleElement()
                .satisfies(f -> assertThat(f.what()).isEqualTo("istioVersion"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.28.0", "1.29.10", "1.30.3", "1.31.0-rc.0", "1.30.3-solo", "1.32.0"})
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
        MeshRequest request =
                new MeshRequest(Topology.MULTI_PRIMARY, FIELDS, primaries("cluster1", "cluster2"), KNOWN, List.of());

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
        ClusterList clusters = named(Topology.PRIMARY_REMOTE_MULTI_NETWORK, "neighbour1");

        assertThat(clusters.finding()).map(Finding::what).contains("primary");
        assertThat(clusters.requested().primaries()).hasSize(1);
    }

    @Test
    void shouldRefuseAPrimaryWhereEachClusterIsOne() {
        assertThat(named(Topology.MULTI_PRIMARY_MULTI_NETWORK, "cluster1").finding())
                .map(Finding::found)
                .contains("'cluster1'");
        assertThat(named(Topology.MULTI_PRIMARY_MULTI_NETWORK, "").finding()).isEmpty();
    }

    @Test
    void shouldLetAMixedMeshBeEitherOfTheTwo() {
        assertThat(named(Topology.MIXED, "").requested().remotes()).isEmpty();
        assertThat(named(Topology.MIXED, "cluster2").requested().remotes())
                .extracting(c -> c.name().text())
                .containsExactly("cluster1");
    }

    private static MeshRequest request(String meshId, String version, String... clusters) {
        return new MeshRequest(
                Topology.MULTI_PRIMARY_MULTI_NETWORK,
                fields(meshId, version, "", "", ""),
                primaries(clusters),
                KNOWN,
                List.of());
    }

    private static MeshRequest primaryRemote(String primary) {
        Topology topology = Topology.PRIMARY_REMOTE_MULTI_NETWORK;
        return new MeshRequest(topology, FIELDS, named(topology, primary).requested(), KNOWN, List.of());
    }

    private static ClusterList named(Topology topology, String primary) {
        return new ClusterList(topology, List.of(said("cluster1"), said("cluster2")), "request", said(primary));
    }

    private static RequestedClusters primaries(String... names) {
        return RequestedClusters.of(
                Stream.of(names)
                        .map(name -> RequestedCluster.primary(said(name)))
                        .toList(),
                "request");
    }

    private static RequestedFields fields(String meshId, String version, String hub, String tag, String revision) {
        return new RequestedFields(
                said(meshId), said(version), said(hub), said(tag), said(revision), ProfileExtras.NONE);
    }

    private static RequestField said(String text) {
        return RequestField.text(text, "request");
    }

    private static List<Finding> findings(MeshRequest request) {
        var refusal = assertThatExceptionOfType(StepFailed.class)
                .isThrownBy(request::toMesh)
                .actual();
        assertThat(refusal.code()).isEqualTo(FailureCode.INPUT_REJECTED);
        return refusal.findings();
    }
}

package io.meshspan.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Roles, control planes and networks of a request that says them for each cluster. */
class MixedMeshTest {

    private static final Map<ClusterName, NetworkName> KNOWN = Map.of(
            new ClusterName("a1"), new NetworkName("a"),
            new ClusterName("a2"), new NetworkName("a"),
            new ClusterName("b1"), new NetworkName("b"),
            new ClusterName("b2"), new NetworkName("b"));

    @Test
    void shouldBecomeSeveralPrimariesEachWithItsRemotes() {
        Mesh mesh = request(Topology.MIXED, "a1", "b1 primary", "a2 remote a1", "b2 remote b1")
                .toMesh();

        assertThat(mesh.members())
                .containsExactly(
                        Member.primary(new ClusterName("a1"), new NetworkName("a")),
                        Member.primary(new ClusterName("b1"), new NetworkName("b")),
                        Member.remote(new ClusterName("a2"), new NetworkName("a"), new ClusterName("a1")),
                        Member.remote(new ClusterName("b2"), new NetworkName("b"), new ClusterName("b1")));
    }

    @Test
    void shouldGiveARemoteTheOnlyPrimary() {
        Mesh mesh = request(Topology.MIXED, "a1 remote", "b1").toMesh();

        assertThat(mesh.member(new ClusterName("a1")).controlPlane()).isEqualTo(new ClusterName("b1"));
    }

    @Test
    void shouldLetAPrimarySayThatItUsesItsOwnControlPlane() {
        assertThat(request(Topology.MIXED, "a1 primary a1", "b1").toMesh().primaries())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a1, b1, a2 remote c9 | controlPlane of a2 | 'c9', which is not in the mesh",
                "a1, b1 remote a1, a2 remote b1 | controlPlane of a2 | 'b1', which is no primary",
                "a1, a2 remote a2 | controlPlane of a2 | 'a2', which is no primary",
                "a1, b1, a2 remote | controlPlane of a2 | nothing",
                "a1 primary b1, b1 | controlPlane of a1 | 'b1'",
                "a1, b1 - a1 | controlPlane of b1 | 'a1'",
                "a1, b1 Primary | role of b1 | 'Primary'",
                "a1 remote a2, a2 remote | clusters | only remotes",
                "a1, b1 - - a | network of b1 | 'a'",
            })
    void shouldRefuseWhatCannotBe(String clusters, String what, String found) {
        assertThat(findings(request(Topology.MIXED, clusters.split(", "))))
                .extracting(f -> f.what() + " | " + f.found())
                .contains(what + " | " + found);
    }

    @Test
    void shouldSayAllOfItAtOnceAndOnlyThat() {
        assertThat(findings(request(Topology.MIXED, "a1", "b1 boss", "a2 remote c9", "b2 - - a", "a1")))
                .extracting(Finding::what)
                .containsExactly("clusters", "network of b2", "role of b1", "controlPlane of a2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MULTI_PRIMARY | a1, a2 remote | remotes [a2]",
                "MULTI_PRIMARY | a1, b1 | networks [a, b]",
                "MULTI_PRIMARY_MULTI_NETWORK | a1, a2 | all on a",
                "MULTI_PRIMARY_MULTI_NETWORK | a1, b1 remote | remotes [b1]",
                "PRIMARY_REMOTE | a1, a2 | primaries [a1, a2]",
                "PRIMARY_REMOTE | a1, b1 remote | networks [a, b]",
                "PRIMARY_REMOTE_MULTI_NETWORK | a1, a2 remote | all on a",
                "PRIMARY_REMOTE_MULTI_NETWORK | a1, b1, b2 remote a1 | primaries [a1, b1]",
            })
    void shouldFitTheTopology(Topology topology, String clusters, String found) {
        assertThat(findings(request(topology, clusters.split(", "))))
                .extracting(Finding::found)
                .containsExactly(found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MULTI_PRIMARY | a1, a2",
                "MULTI_PRIMARY_MULTI_NETWORK | a1, a2, b1",
                "PRIMARY_REMOTE | a1 remote, a2",
                "PRIMARY_REMOTE_MULTI_NETWORK | a1, a2 remote, b1 remote a1",
                "MIXED | a1, a2",
                "MIXED | a1, b1 remote",
            })
    void shouldTakeWhatFits(Topology topology, String clusters) {
        assertThat(request(topology, clusters.split(", ")).toMesh().topology()).isEqualTo(topology);
    }

    /** Each as NAME ROLE CONTROL-PLANE NETWORK, with a hyphen for what is not said. */
    private static MeshRequest request(Topology topology, String... clusters) {
        RequestedFields fields =
                new RequestedFields(said("mesh1"), said("1.30.3"), said(""), said(""), said(""), ProfileExtras.NONE);
        RequestedClusters all = RequestedClusters.of(
                Stream.of(clusters).map(MixedMeshTest::cluster).toList(), "file");
        return new MeshRequest(topology, fields, all, KNOWN, List.of());
    }

    private static RequestedCluster cluster(String words) {
        List<String> parts = List.of((words + " - - -").split(" "));
        return new RequestedCluster(said(parts.get(0)), said(parts.get(3)), said(parts.get(1)), said(parts.get(2)));
    }

    private static RequestField said(String text) {
        return RequestField.text(text.equals("-") ? "" : text, "file");
    }

    private static List<Finding> findings(MeshRequest request) {
        return assertThatExceptionOfType(StepFailed.class)
                .isThrownBy(request::toMesh)
                .actual()
                .findings();
    }
}

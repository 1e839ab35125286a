package io.meshspan.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.finding.Finding;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClusterExclusionTest {

    private static final ClusterName C1 = new ClusterName("cluster1");
    private static final ClusterName C2 = new ClusterName("cluster2");
    private static final ClusterName C3 = new ClusterName("cluster3");

    @Test
    void shouldLetTheOthersBeAMesh() {
        assertThat(ClusterExclusion.findings(primaries(C1, C2, C3), C3)).isEmpty();
        assertThat(ClusterExclusion.findings(remotesOf(C1, C2, C3), C3)).isEmpty();
    }

    @Test
    void shouldNotLeaveOneClusterAlone() {
        assertThat(found(primaries(C1, C2), C2)).containsExactly("clusters: two or more, not [cluster1]");
        assertThat(found(primaries(C1, C2, C3).without(Set.of(C1)), C2))
                .containsExactly("clusters: two or more, not [cluster3]");
    }

    @Test
    void shouldNotLeaveRemotesWithoutTheirPrimary() {
        assertThat(found(remotesOf(C1, C2, C3), C1))
                .contains(
                        "clusters: at least one primary, not only remotes",
                        "controlPlane of cluster2: a primary of the mesh, not 'cluster1', which is not in the mesh");
    }

    @Test
    void shouldKeepAPrimaryOnWhichARemoteDependsBesideOtherPrimaries() {
        Mesh mesh = mesh(Topology.MIXED, primary(C1), primary(C2), Member.remote(C3, network(C3), C2));

        assertThat(found(mesh, C2)).singleElement().asString().startsWith("controlPlane of cluster3");
        assertThat(ClusterExclusion.findings(mesh, C1)).isEmpty();
    }

    /** What was approved for them is not rendered otherwise because a third one is gone. */
    @Test
    void shouldLeaveTheOthersAsTheyWereApproved() {
        Mesh mesh = mesh(
                Topology.MULTI_PRIMARY_MULTI_NETWORK,
                Member.primary(C1, network(C1)),
                Member.primary(C2, network(C1)),
                Member.primary(C3, network(C3)));

        Mesh two = mesh.without(Set.of(C3));

        assertThat(two.clusters()).containsExactly(C1, C2);
        assertThat(two.multiNetwork()).isTrue();
        assertThat(two.gateways()).extracting(Member::cluster).containsExactly(C1, C2);
        assertThat(two.readersOf(C1)).containsExactly(C2);
        assertThat(two.members()).isEqualTo(mesh.members());
    }

    private static List<String> found(Mesh mesh, ClusterName without) {
        return ClusterExclusion.findings(mesh, without).stream()
                .map((Finding f) -> "%s: %s, not %s".formatted(f.what(), f.expected(), f.found()))
                .toList();
    }

    private static Mesh primaries(ClusterName... names) {
        return mesh(
                Topology.MULTI_PRIMARY_MULTI_NETWORK,
                Stream.of(names).map(ClusterExclusionTest::primary).toArray(Member[]::new));
    }

    private static Mesh remotesOf(ClusterName primary, ClusterName... remotes) {
        return mesh(
                Topology.PRIMARY_REMOTE_MULTI_NETWORK,
                Stream.concat(
                                Stream.of(primary(primary)),
                                Stream.of(remotes).map(name -> Member.remote(name, network(name), primary)))
                        .toArray(Member[]::new));
    }

    private static Member primary(ClusterName name) {
        return Member.primary(name, network(name));
    }

    private static NetworkName network(ClusterName name) {
        return new NetworkName("network-of-" + name);
    }

    private static Mesh mesh(Topology topology, Member... members) {
        return new Mesh(new MeshId("mesh1"), topology, IstioVersion.parse("1.30.3"), List.of(members));
    }
}

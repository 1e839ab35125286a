package io.meshspan.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeshTest {

    private static final ClusterName ONE = new ClusterName("cluster1");
    private static final ClusterName TWO = new ClusterName("cluster2");
    private static final ClusterName THREE = new ClusterName("cluster3");
    private static final NetworkName NETWORK = new NetworkName("network1");

    private final Mesh mesh = new Mesh(
            new MeshId("mesh1"),
            Topology.MULTI_PRIMARY,
            IstioVersion.parse("1.30.3"),
            List.of(Member.primary(ONE, NETWORK), Member.primary(TWO, NETWORK), Member.remote(THREE, NETWORK, ONE)));

    @Test
    void shouldLetEveryPrimaryWatchEveryClusterButItself() {
        assertThat(mesh.readersOf(ONE)).containsExactly(TWO);
        assertThat(mesh.readersOf(TWO)).containsExactly(ONE);
        assertThat(mesh.readersOf(THREE)).containsExactly(ONE, TWO);
    }

    /** One remote secret for each primary and each cluster that it watches (istioctl's remote_secret.go). */
    @ParameterizedTest
    @CsvSource({"2, 0", "3, 0", "5, 0", "50, 0", "1, 1", "1, 4", "1, 49", "2, 3", "3, 5", "10, 40"})
    void shouldNeedAsManyRemoteSecretsAsTheFormulaSays(int primaries, int remotes) {
        List<Member> members = Stream.concat(
                        IntStream.range(0, primaries)
                                .mapToObj(n -> Member.primary(new ClusterName("primary" + n), NETWORK)),
                        IntStream.range(0, remotes)
                                .mapToObj(n -> Member.remote(
                                        new ClusterName("remote" + n),
                                        NETWORK,
                                        new ClusterName("primary" + n % primaries))))
                .toList();
        Mesh mixed = new Mesh(new MeshId("mesh1"), Topology.MIXED, IstioVersion.parse("1.30.3"), members);

        long secrets = mixed.clusters().stream()
                .map(mixed::readersOf)
                .mapToLong(List::size)
                .sum();

        assertThat(secrets).isEqualTo((long) primaries * (primaries + remotes - 1));
    }

    /**
     * Services are exposed on each primary, since a remote's gateway takes its configuration from there (istio.io, Install
     * Primary-Remote on different networks).
     */
    @Test
    void shouldExposeServicesOnPrimariesOnlyAndOnSeveralNetworksOnly() {
        NetworkName other = new NetworkName("network2");
        Mesh apart = mesh(Member.primary(ONE, NETWORK), Member.primary(TWO, other), Member.remote(THREE, other, ONE));

        assertThat(apart.exposingServices()).extracting(Member::cluster).containsExactly(ONE, TWO);
        assertThat(mesh.exposingServices()).isEmpty();
    }

    @Test
    void shouldExposeIstiodOnlyWhereItServesRemotes() {
        assertThat(mesh.exposingIstiod()).extracting(Member::cluster).containsExactly(ONE);
        assertThat(mesh(Member.primary(ONE, NETWORK), Member.primary(TWO, NETWORK))
                        .exposingIstiod())
                .isEmpty();
    }

    @Test
    void shouldHaveGatewaysEverywhereOnSeveralNetworksElseWhereIstiodIsExposed() {
        NetworkName other = new NetworkName("network2");

        assertThat(mesh.gateways()).extracting(Member::cluster).containsExactly(ONE);
        assertThat(mesh(Member.primary(ONE, NETWORK), Member.remote(TWO, other, ONE))
                        .gateways())
                .extracting(Member::cluster)
                .containsExactly(ONE, TWO);
    }

    private static Mesh mesh(Member... members) {
        return new Mesh(new MeshId("mesh1"), Topology.MIXED, IstioVersion.parse("1.30.3"), List.of(members));
    }

    @Test
    void shouldRefuseAMemberThatCannotBe() {
        assertThatThrownBy(() -> new Member(ONE, NETWORK, Role.PRIMARY, TWO)).hasMessageContaining("served by itself");
        assertThatThrownBy(() -> Member.remote(ONE, NETWORK, ONE)).hasMessageContaining("its own control plane");
    }

    @Test
    void shouldBeTheSameAfterItWasAProcessVariable() throws Exception {
        ObjectMapper json = new ObjectMapper();

        assertThat(json.readValue(json.writeValueAsString(mesh), Mesh.class)).isEqualTo(mesh);
    }
}

package io.meshspan.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

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

package io.meshspan.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeshIdTest {

    private static final String LONGEST = "Mesh_".repeat(12) + "EU1";

    @ParameterizedTest
    @ValueSource(strings = {"mesh1", "Mesh_EU", "acme.prod.EU", "M", "1-2", "a--b", "a_._b"})
    void shouldTakeWhatIstioRunsWith(String id) {
        assertThat(new MeshId(id)).hasToString(id);
        assertThat(DnsLabel.matches(new MeshId(id).inObjectNames())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Mesh 1", "-mesh", "mesh_", ".mesh", "mesh/1", "m\"", "m\n", "mäsh"})
    void shouldRefuseWhatNoLabelCanHave(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> new MeshId(id)).withMessageContaining("'" + id + "'");
    }

    @Test
    void shouldHaveANameForObjectsThatNoOtherMeshHas() {
        assertThat(new MeshId("mesh-eu").inObjectNames()).isEqualTo("mesh-eu");
        assertThat(new MeshId("Mesh_EU").inObjectNames())
                .startsWith("mesh-eu-")
                .isNotEqualTo(new MeshId("mesh_eu").inObjectNames());
        assertThat(DnsLabel.matches(new MeshId(LONGEST).inObjectNames())).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> new MeshId(LONGEST + "2"));
    }
}

package io.meshspan.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class HelmValuesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void shouldMergeMapsAndReplaceAnythingElse() throws JsonProcessingException {
        HelmValues below = values("{a: {x: 1, y: [1, 2], z: {deep: true}}, b: text}");
        HelmValues over = values("{a: {y: [3], z: {more: 1.5}}, b: {now: a map}, c: new}");

        assertThat(over.over(below))
                .isEqualTo(values("{a: {x: 1, y: [3], z: {deep: true, more: 1.5}}, b: {now: a map}, c: new}"));
    }

    /** A null must reach Helm: it deletes what the chart has there, not only what a layer below says. */
    @Test
    void shouldKeepANullThatDeletes() throws JsonProcessingException {
        assertThat(values("{a: {x: null}}")
                        .over(values("{a: {x: {y: 1}, z: 2}}"))
                        .text())
                .isEqualTo("a:\n  x: null\n  z: 2\n");
    }

    @Test
    void shouldBeTheSameAfterItWasRecorded() throws JsonProcessingException {
        HelmValues values = values("{z: 1, a: 2.50, big: 5000000000, list: [1, {b: 'on', a: null}], text: \"1.30\"}");

        assertThat(JSON.readValue(JSON.writeValueAsString(values), HelmValues.class))
                .isEqualTo(values);
        assertThat(values.text())
                .isEqualTo("a: 2.5\nbig: 5000000000\nlist:\n- 1\n- a: null\n  b: \"on\"\ntext: \"1.30\"\nz: 1\n");
    }

    @Test
    void shouldTakeAwayAPlaceAndTheMapsThatAreEmptyThen() throws JsonProcessingException {
        assertThat(values("{a: {b: {c: 1}}, d: 2}").without(List.of("a", "b", "c")))
                .isEqualTo(values("{d: 2}"));
        assertThat(values("{a: {b: {c: 1, e: 3}}}").without(List.of("a", "b", "c")))
                .isEqualTo(values("{a: {b: {e: 3}}}"));
        assertThat(values("{a: 1}").without(List.of("x", "y"))).isEqualTo(values("{a: 1}"));
    }

    /** Meshes on record from before there were values must read and write as they did, for digests to stay. */
    @Test
    void shouldNotAppearInAMeshWithoutValues() throws JsonProcessingException {
        String json = JSON.writeValueAsString(TwoPrimaries.MESH);

        assertThat(json).doesNotContain("values", "gateway");
        assertThat(JSON.readValue(json, Mesh.class)).isEqualTo(TwoPrimaries.MESH);
    }

    @Test
    void shouldStayInAMeshOnRecord() throws JsonProcessingException {
        Member member = TwoPrimaries.MESH
                .members()
                .get(0)
                .with(
                        values("{eastWestGateway: {service: {type: NodePort}}}"),
                        new DeclaredGateway("203.0.113.7", 443));
        Mesh mesh = new Mesh(
                        TwoPrimaries.MESH.id(),
                        TwoPrimaries.MESH.topology(),
                        TwoPrimaries.MESH.version(),
                        List.of(member, TwoPrimaries.MESH.members().get(1)))
                .with(values("{istiod: {pdb: {minAvailable: 2}}}"), "istio-gateways");

        assertThat(JSON.readValue(JSON.writeValueAsString(mesh), Mesh.class)).isEqualTo(mesh);
        assertThat(mesh.valuesText()).isEqualTo("""
                clusters:
                  %s:
                    eastWestGateway:
                      service:
                        type: NodePort
                mesh:
                  istiod:
                    pdb:
                      minAvailable: 2
                """.formatted(member.cluster()));
    }

    private static HelmValues values(String yaml) throws JsonProcessingException {
        return YAML.readValue(yaml, HelmValues.class);
    }
}

package io.meshspan.process.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.ProfileExtras;
import io.meshspan.mesh.Revision;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.spin.plugin.variable.SpinValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmittedMeshTest {

    private static final Map<ClusterName, NetworkName> KNOWN = Map.of(
            new ClusterName("cluster1"), new NetworkName("network1"),
            new ClusterName("cluster2"), new NetworkName("network2"));

    private static final String YAML = """
            meshId: mesh1
            istioVersion: 1.30.3
            keepSample: true
            clusters:
            - name: cluster1
            - name: cluster2
            """;
    private static final String JSON = "{\"meshId\": \"mesh1\", \"istioVersion\": \"1.30.3\", \"keepSample\": true,"
            + " \"clusters\": [{\"name\": \"cluster1\"}, {\"name\": \"cluster2\"}]}";

    static Stream<Object> files() {
        byte[] bytes = YAML.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                YAML,
                JSON,
                SpinValues.jsonValue(JSON).create(),
                SpinValues.jsonValue("\"" + YAML.replace("\n", "\\n") + "\"").create(),
                Variables.fileValue("mesh.yaml").file(bytes).create(),
                Variables.byteArrayValue(bytes),
                Map.of(
                        "meshId",
                        "mesh1",
                        "istioVersion",
                        "1.30.3",
                        "keepSample",
                        true,
                        "clusters",
                        List.of(Map.of("name", "cluster1"), Map.of("name", "cluster2"))));
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldTakeAMeshFileHoweverItIsSent(Object file) {
        SubmittedMesh submitted = read(Map.of("topology", "MIXED", "meshFile", file, "reason", " a test "));

        assertThat(submitted.request().toMesh().clusters())
                .containsExactly(new ClusterName("cluster1"), new ClusterName("cluster2"));
        assertThat(submitted.keepSample()).isTrue();
        assertThat(submitted.reason()).isEqualTo("a test");
    }

    @Test
    void shouldMakeTheSameMeshOfFieldsAsOfAFile() {
        SubmittedMesh byFields = read(fields("MULTI_PRIMARY_MULTI_NETWORK"));
        SubmittedMesh byFile = read(Map.of("topology", "MULTI_PRIMARY_MULTI_NETWORK", "meshFile", YAML));

        assertThat(byFields.request().toMesh()).isEqualTo(byFile.request().toMesh());
    }

    @Test
    void shouldReadRevisionAndExtras() {
        Map<String, Object> fields = fields("MIXED");
        fields.putAll(Map.of("revision", "canary", "ingressGateway", true, "defaultTag", "true"));

        Mesh mesh = read(fields).request().toMesh();

        assertThat(mesh.revision()).isEqualTo(new Revision("canary"));
        assertThat(mesh.extras()).isEqualTo(new ProfileExtras(true, true));
    }

    @Test
    void shouldRefuseFieldsBesidesAMeshFile() {
        Map<String, Object> both = fields("MIXED");
        both.put("meshFile", YAML);

        assertThatThrownBy(() -> read(both).request().toMesh())
                .hasMessageContaining("request, clusters: expected nothing besides a mesh file")
                .hasMessageContaining("request, istioVersion: expected nothing besides a mesh file")
                .hasMessageContaining("request, meshId: expected nothing besides a mesh file");
    }

    @Test
    void shouldTakeWhatAFormLeavesEmptyForNothing() {
        Map<String, Object> empty =
                new HashMap<>(Map.of("topology", "MIXED", "meshFile", YAML, "hub", "", "keepSample", false));

        assertThat(read(empty).request().toMesh().id()).hasToString("mesh1");
    }

    @ParameterizedTest
    @MethodSource("noFiles")
    void shouldRefuseWhatIsNoFileInWords(Object value) {
        assertThatThrownBy(() -> read(Map.of("topology", "MIXED", "meshFile", value))
                        .request()
                        .toMesh())
                .hasMessageContaining("request, meshFile: expected a text, a file or a JSON object");
    }

    static Stream<Object> noFiles() {
        return Stream.of(
                42,
                true,
                List.of("x"),
                SpinValues.jsonValue("[1]").create(),
                SpinValues.jsonValue("{").create());
    }

    @Test
    void shouldRefuseAMeshThatSomebodyMadeThemselves() {
        Map<String, Object> fields = fields("MIXED");
        fields.put("mesh", SpinValues.jsonValue("{}").create());

        assertThatThrownBy(() -> read(fields).request().toMesh()).hasMessageContaining("request, mesh: expected no");
    }

    @Test
    void shouldTellAWrongTypeOfTheReason() {
        Map<String, Object> fields = fields("MIXED");
        fields.put("reason", 42);

        assertThatThrownBy(() -> read(fields).request().toMesh()).hasMessageContaining("request, reason");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void shouldRefuseAnUrgentChangeThatSaysNotWhy(String reason) {
        Map<String, Object> fields = fields("MIXED");
        fields.putAll(Map.of("urgent", true, "reason", reason));

        assertThatThrownBy(() -> read(fields).request().toMesh())
                .hasMessageContaining("request, reason: expected why an urgent change cannot wait");
        fields.put("reason", "cluster2 is down");
        assertThat(read(fields).urgent()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", ""})
    void shouldAskNoReasonForAnUrgencyThatIsDenied(String urgent) {
        Map<String, Object> fields = fields("MIXED");
        fields.put("urgent", urgent);

        assertThat(read(fields).urgent()).isFalse();
        assertThatCode(() -> read(fields).request().toMesh()).doesNotThrowAnyException();
    }

    private static Map<String, Object> fields(String topology) {
        return new HashMap<>(Map.of(
                "topology", topology,
                "meshId", "mesh1",
                "istioVersion", "1.30.3",
                "clusters", "cluster1,cluster2"));
    }

    private static SubmittedMesh read(Map<String, Object> variables) {
        Map<String, TypedValue> typed = new HashMap<>();
        variables.forEach((name, value) -> typed.put(name, Variables.untypedValue(value)));
        return SubmittedMesh.read(new Submitted(Scope.of(typed)), KNOWN);
    }
}

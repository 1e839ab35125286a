package io.meshspan.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.ProfileExtras;
import io.meshspan.mesh.Revision;
import io.meshspan.mesh.Topology;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    /** As in a mesh file, with lines and columns of the text itself. */
    @Test
    void shouldTakeValuesBesideTheFieldsOfAForm() {
        String yaml = "istiod:\n  autoscaleMin: 2\neastWestGateway:\n  service: {type: NodePort}\n";
        List<Object> forms = List.of(
                yaml,
                Variables.fileValue("values.yaml")
                        .file(yaml.getBytes(StandardCharsets.UTF_8))
                        .create(),
                Map.of(
                        "istiod", Map.of("autoscaleMin", 2),
                        "eastWestGateway", Map.of("service", Map.of("type", "NodePort"))));

        assertThat(forms)
                .allSatisfy(values -> assertThat(
                                withValues(values).request().toMesh().valuesText())
                        .isEqualTo("""
                        mesh:
                          eastWestGateway:
                            service:
                              type: NodePort
                          istiod:
                            autoscaleMin: 2
                        """));
    }

    @Test
    void shouldNameLineAndColumnOfTheValues() {
        assertThatThrownBy(() -> withValues("istiod:\n  global:\n    network: x\n")
                        .request()
                        .toMesh())
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining("values, line 3, column 5, values.istiod.global.network");
        assertThatThrownBy(() -> withValues("istiod: [").request().toMesh())
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining("values, line");
    }

    private static SubmittedMesh withValues(Object values) {
        Map<String, Object> fields = fields("MULTI_PRIMARY_MULTI_NETWORK");
        fields.put("values", values);
        return read(fields);
    }

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
        fields.putAll(Map.of("revision", "canary", "ingressGateway", true, "defaultTag", true));

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

        assertThatThrownBy(() -> read(fields).request().toMesh())
                .hasMessageContaining("request, mesh: expected one of");
    }

    /** Whose names the service itself uses, or used once. */
    @ParameterizedTest
    @ValueSource(strings = {"initiator", "requester", "", " ", "\u0000"})
    void shouldRefuseEveryFieldThatTheFormHasNot(String name) {
        Map<String, Object> fields = fields("MIXED");
        fields.put(name, "x");

        assertThatThrownBy(() -> read(fields).request().toMesh()).hasMessageContaining("found no such field");
    }

    @Test
    void shouldLimitTheReason() {
        Map<String, Object> fields = fields("MIXED");
        fields.put("reason", "x".repeat(2_000));
        assertThat(read(fields).reason()).hasSize(2_000);

        fields.put("reason", "x".repeat(2_001));
        assertThatThrownBy(() -> read(fields).request().toMesh())
                .hasMessageContaining(
                        "request, reason: expected at most 2000 characters, found 2001 characters. Shorten it.");
    }

    static Stream<String> controls() {
        return Stream.of("\u0000", "\u0007", "\u001B", "\u007F", "\u0085", "\uD800", "\u202E", "\u2066", "\uFFFF");
    }

    @ParameterizedTest
    @MethodSource("controls")
    void shouldRefuseControlCharactersInEveryText(String control) {
        for (String field : List.of("reason", "hub", "meshId", "primary", "clusters")) {
            Map<String, Object> fields = fields("MIXED");
            fields.put(field, "a\tb" + control);

            assertThatThrownBy(() -> read(fields).request().toMesh())
                    .hasMessageContaining("request, %s: expected a text without control characters".formatted(field))
                    .hasMessageContaining("U+%04X as character 4".formatted((int) control.charAt(0)));
        }
    }

    @Test
    void shouldLimitTheClustersHoweverTheyAreSubmitted() {
        String many = IntStream.range(0, 100_000).mapToObj(n -> "c" + n).collect(Collectors.joining(","));
        Map<String, Object> fields = fields("MIXED");
        for (Object clusters : List.of(many, List.of(many.split(",")))) {
            fields.put("clusters", clusters);

            assertThatThrownBy(() -> read(fields).request().toMesh())
                    .hasMessage(
                            "The request cannot be carried out:\nrequest, clusters: expected at most 500 clusters, found "
                                    + "100000 entries. Make it several meshes.");
        }
    }

    /** The same words for the same mistake, but for the place. */
    @Test
    void shouldSpeakOfAMistakeAlikeInAFormAndInAFile() {
        Map<String, Object> asFields = fields("MIXED");
        asFields.putAll(Map.of("istioVersion", 1.3, "hub", "a\u0001", "keepSample", "yes", "nosuch", 1));
        String asFile = "istioVersion: 1.3\nhub: \"a\\u0001\"\nkeepSample: \"yes\"\n";

        String ofTheFields = words(asFields);
        String ofTheFile = words(Map.of("topology", "MIXED", "meshFile", asFile));

        for (String words : List.of(
                "istioVersion: expected a text, found the number 1.3. Put it in quotes.",
                "hub: expected a text without control characters, found U+0001 as character 2. Take it out.",
                "keepSample: expected true or false, found 'yes'. Correct the value, or leave the field out.")) {
            assertThat(ofTheFields).contains("request, " + words);
            assertThat(ofTheFile).containsPattern("mesh file, line \\d, column \\d+, " + Pattern.quote(words));
        }
    }

    private static String words(Map<String, Object> variables) {
        try {
            return read(variables).request().toMesh().toString();
        } catch (StepFailed refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    @Test
    void shouldTellAWrongTypeOfTheReason() {
        Map<String, Object> fields = fields("MIXED");
        fields.put("reason", 42);

        assertThatThrownBy(() -> read(fields).request().toMesh()).hasMessageContaining("request, reason");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\u200B\u00A0"})
    void shouldRefuseAnUrgentChangeThatSaysNotWhy(String reason) {
        Map<String, Object> fields = fields("MIXED");
        fields.putAll(Map.of("urgent", true, "reason", reason));

        assertThatThrownBy(() -> read(fields).request().toMesh())
                .hasMessageContaining("request, reason: expected why an urgent change cannot wait");
        fields.put("reason", "cluster2 is down");
        assertThat(read(fields).urgent()).isTrue();
    }

    @Test
    void shouldAskNoReasonForAnUrgencyThatIsDenied() {
        Map<String, Object> fields = fields("MIXED");
        fields.put("urgent", false);

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
        Topology topology = Topology.valueOf(String.valueOf(variables.get("topology")));
        Map<String, TypedValue> typed = new HashMap<>();
        variables.forEach((name, value) -> typed.put(name, Variables.untypedValue(value)));
        typed.remove("topology");
        return SubmittedMesh.read(Submitted.of(VariableScopeStub.of(typed)), topology, KNOWN);
    }
}

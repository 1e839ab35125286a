package io.meshspan.meshfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.AcceptedReleases;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The published schema and Meshspan accept and refuse the same, but for what a schema cannot know: the rest of the file, the
 * inventory, and whether the settings accept newer releases.
 */
class SchemaAgreementTest {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final JsonSchema SCHEMA = schema();

    /** The names that the values below can be taken for, so that only their form decides. */
    private static final Map<ClusterName, NetworkName> KNOWN = Stream.of("eu-1", "eu-2", "us-1", "edge-1", "x")
            .collect(Collectors.toMap(ClusterName::new, name -> new NetworkName("x")));

    private static final String WHOLE = """
            {"meshId": "mesh1", "istioVersion": "1.30.3", "hub": "registry.example.org:5000/istio", "tag": "1.30",
             "revision": "1-30-3", "ingressGateway": true, "defaultTag": false, "keepSample": true,
             "values": {"istiod": {"autoscaleMin": 2}}, "gateway": {"namespace": "gateways"},
             "clusters": [{"name": "us-1", "network": "x", "role": "primary", "controlPlane": "us-1"},
                          {"name": "eu-1", "network": "x", "role": "remote", "controlPlane": "us-1",
                           "values": {}, "gateway": {"address": "203.0.113.7", "port": 443}}]}
            """;

    static Stream<Arguments> mutations() throws IOException {
        JsonNode whole = YAML.readTree(WHOLE);
        return values().flatMap(value -> Stream.concat(
                names(whole).map(name -> Arguments.of("/" + name, value)),
                names(whole.at("/clusters/1")).map(name -> Arguments.of("/clusters/1/" + name, value))));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("mutations")
    void shouldAgreeOnEveryFieldWithEveryValue(String field, JsonNode value) throws IOException {
        JsonNode mesh = YAML.readTree(WHOLE);
        set(mesh, field, value);

        boolean accepted = SCHEMA.validate(mesh).isEmpty();

        if (accepted && isUpToTheRules(field, value)) {
            assertThat(MeshFile.read(mesh.toString()).findings()).isEmpty();
        } else {
            assertThat(isAccepted(mesh.toString())).isEqualTo(accepted);
        }
    }

    /** Well formed, but at odds with the rest of the file or with the inventory: a schema cannot tell. */
    private static boolean isUpToTheRules(String field, JsonNode value) {
        return field.startsWith("/clusters/1/") && (value.isTextual() || value.isMissingNode());
    }

    static Stream<String> examplesOfTheDocumentation() throws IOException {
        String page = Files.readString(Path.of("docs/mesh-file.md"));
        return Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(match -> match.group(1).replace("network: eu ", "network: x "));
    }

    @ParameterizedTest
    @MethodSource("examplesOfTheDocumentation")
    void shouldAcceptTheExamplesOfTheDocumentation(String example) throws IOException {
        assertThat(SCHEMA.validate(YAML.readTree(example))).isEmpty();
        assertThat(isAccepted(example)).isTrue();
    }

    private static Stream<JsonNode> values() throws IOException {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ArrayNode two = (ArrayNode) YAML.readTree("[{name: eu-1}, {name: us-1}]");
        Stream<String> texts = Stream.of(
                "",
                " ",
                "x",
                "X",
                "-x",
                "x".repeat(63),
                "x".repeat(64),
                "x".repeat(256),
                "1.30.3",
                "1.31.0-rc.0",
                "1.33.0",
                "1.27.9",
                "1.100.0-solo",
                "1.1000.0",
                "2.30.0",
                "1.30.3-",
                "1.030.3",
                "1.28.10",
                "default",
                "primary",
                "Remote",
                "a/b:c",
                "true",
                "no label");
        return Stream.concat(
                texts.map(json::textNode),
                Stream.of(
                        json.nullNode(),
                        json.numberNode(1),
                        json.numberNode(1.5),
                        json.booleanNode(true),
                        json.objectNode(),
                        json.arrayNode(),
                        json.missingNode(),
                        two,
                        json.arrayNode().add(two.get(0)),
                        json.arrayNode().add(two.get(0)).add("us-1"),
                        json.arrayNode()
                                .add(two.get(0))
                                .add(((ObjectNode) two.get(1).deepCopy()).put("nme", "x"))));
    }

    private static Stream<String> names(JsonNode object) {
        Stream.Builder<String> names = Stream.builder();
        object.fieldNames().forEachRemaining(names);
        return names.add("unknown").build();
    }

    private static void set(JsonNode mesh, String field, JsonNode value) {
        int name = field.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) mesh.at(field.substring(0, name));
        if (value.isMissingNode()) {
            parent.remove(field.substring(name + 1));
        } else {
            parent.set(field.substring(name + 1), value);
        }
    }

    private static boolean isAccepted(String text) {
        try {
            MeshFile.read(text).request(Topology.MIXED, KNOWN, List.of()).toMesh(AcceptedReleases.AND_NEWER);
            return true;
        } catch (StepFailed refused) {
            return false;
        }
    }

    private static JsonSchema schema() {
        try {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(Files.readString(Path.of("src/main/resources/mesh-file.schema.json")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshspan.DemoUsers;
import io.meshspan.MeshspanApplication;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.ActiveProfiles;

/** What a pipeline may send to start a process, and what it is answered; nothing moves beyond the start. */
@ActiveProfiles("demo")
@Import(FiftyClusters.class)
@SpringBootTest(
        classes = MeshspanApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.datasource.url=jdbc:h2:mem:start-by-rest", "camunda.bpm.job-execution.enabled=false"})
class StartByRestIT {

    private static final String FILE = FiftyClusters.meshFile();

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private HistoryService history;

    @Autowired
    private ObjectMapper json;

    @AfterEach
    void end() {
        runtime.createProcessInstanceQuery()
                .rootProcessInstances()
                .list()
                .forEach(instance -> runtime.deleteProcessInstance(instance.getId(), "the test is over"));
        history.createHistoricProcessInstanceQuery()
                .list()
                .forEach(instance -> history.deleteHistoricProcessInstanceIfExists(instance.getId()));
    }

    static Stream<Map<String, Object>> longFiles() {
        String base64 = Base64.getEncoder().encodeToString(FILE.getBytes(StandardCharsets.UTF_8));
        return Stream.of(
                Map.of("type", "String", "value", FILE),
                Map.of("value", FILE),
                Map.of("type", "Json", "value", "\"" + FILE.replace("\n", "\\n") + "\""),
                Map.of("type", "Bytes", "value", base64),
                Map.of(
                        "type",
                        "File",
                        "value",
                        base64,
                        "valueInfo",
                        Map.of("filename", "mesh.yaml", "mimetype", "application/yaml")));
    }

    @ParameterizedTest
    @MethodSource("longFiles")
    void shouldTakeAMeshFileOfFiftyClusters(Map<String, Object> file) throws Exception {
        assertThat(FILE).hasSizeGreaterThan(4_000);

        ResponseEntity<JsonNode> answer = start("install-mesh", Map.of("meshFile", file, "reason", text("many")));

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(answer.getBody().path("businessKey").asText()).isEqualTo("mesh1");
        JsonNode mesh = json.readTree(
                String.valueOf(runtime.getVariable(answer.getBody().path("id").asText(), "mesh")));
        assertThat(mesh.path("members")).hasSize(50);
        assertThat(mesh.path("topology").asText()).isEqualTo("MIXED");
    }

    /** Judged as the process that it is for, with the start rights of its own. */
    @Test
    void shouldStartAPlanAndNothingElse() {
        Map<String, Object> body = Map.of("process", "install-mesh", "planOnly", true, "meshFile", FILE, "reason", "?");

        ResponseEntity<JsonNode> started = api("olivia", body);

        String id = started.getBody().path("id").asText();
        JsonNode view =
                http.withBasicAuth("andrea", DemoUsers.PASSWORD).getForObject("/api/v1/changes/" + id, JsonNode.class);
        assertThat(view.at("/change/process").asText()).isEqualTo("plan-change");
        assertThat(view.at("/asked/facts").findValuesAsText("value")).anyMatch(value -> value.contains("install-mesh"));
        assertThat(runtime.getVariables(id)).doesNotContainKey("planOf");
        assertThat(api("olivia", Map.of("process", "remove-mesh", "planOnly", true, "mesh", "nosuch"))
                        .getBody()
                        .path("detail")
                        .asText())
                .contains("request, mesh: expected");
        assertThat(api("olivia", Map.of("process", "install-mesh", "planOnly", "yes"))
                        .getBody()
                        .path("detail")
                        .asText())
                .contains("request, planOnly: expected true or false");
        assertThat(api("carla", body).getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
    }

    private ResponseEntity<JsonNode> api(String user, Map<String, Object> body) {
        return http.withBasicAuth(user, DemoUsers.PASSWORD).postForEntity("/api/v1/changes", body, JsonNode.class);
    }

    @Test
    void shouldKeepALongFileAsTheTextThatItIs() {
        String id = start("install-mesh", Map.of("meshFile", text(FILE)))
                .getBody()
                .path("id")
                .asText();

        JsonNode running = as("admin")
                .get("/process-instance/%s/variables/meshFile".formatted(id))
                .getBody();
        JsonNode later = as("andrea")
                .get("/history/variable-instance?variableName=meshFile&processInstanceId=" + id)
                .getBody()
                .path(0);

        assertThat(running.path("type").asText()).isEqualTo("String");
        assertThat(running.path("value").asText()).isEqualTo(FILE);
        assertThat(later.path("value").asText()).isEqualTo(FILE);
    }

    /** As Tasklist starts a process. */
    @Test
    void shouldTakeALongFileFromAForm() {
        ResponseEntity<JsonNode> answer = as("olivia")
                .post(
                        "/process-definition/key/install-mesh/submit-form",
                        Map.of("variables", Map.of("meshFile", text(FILE), "reason", text("many"))));

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(runtime.getVariable(answer.getBody().path("id").asText(), "meshFile"))
                .isEqualTo(FILE);
    }

    @Test
    void shouldAnswerAFormInWordsToo() {
        String message = refusal(as("olivia")
                .post(
                        "/process-definition/key/install-mesh/submit-form",
                        Map.of("variables", Map.of("meshFile", text("meshId: [")))));

        assertThat(message).contains("mesh file, line 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"multi-primary", "primary-remote"})
    void shouldTakeAFileThatFitsTheTopologyAndNoOther(String process) {
        String remote = process.equals("multi-primary") ? "" : ", role: remote";
        String fits = "{meshId: mesh1, istioVersion: 1.30.3, clusters: [{name: cluster1}, {name: cluster2%s}]}"
                .formatted(remote);

        assertThat(refusal(start(process, Map.of("meshFile", text(FILE)))))
                .contains("mesh file, line 4, column 1, clusters: expected clusters on one network");
        assertThat(start(process, Map.of("meshFile", text(fits))).getStatusCode())
                .isEqualTo(HttpStatus.OK);
    }

    @Test
    void shouldAnswerEverythingThatIsWrongWithItsLineAndColumn() {
        String file = """
                meshId: my mesh
                istioVersion: 1.30
                clusters:
                - name: cluster1
                  rolle: primary
                - name: cluster1
                - name: cluster2
                  role: remote
                  controlPlane: cluster9
                """;

        String message = refusal(start("install-mesh", Map.of("meshFile", text(file))));

        assertThat(message)
                .contains("mesh file, line 1, column 9, meshId")
                .contains("mesh file, line 2, column 15, istioVersion: expected a text, found the number 1.30")
                .contains("mesh file, line 5, column 3, clusters[0].rolle")
                .contains("mesh file, line 6, column 9, clusters: expected each cluster once")
                .contains("mesh file, line 9, column 17, controlPlane of cluster2");
    }

    static Stream<Arguments> wrongTypes() {
        return Stream.of(
                Arguments.of("meshId", Map.of("value", 42), "the number 42"),
                Arguments.of("meshId", Map.of("value", true), "true"),
                Arguments.of("meshId", Map.of("value", Map.of("a", Map.of("b", List.of()))), "an object"),
                Arguments.of("istioVersion", Map.of("value", 1.3, "type", "Double"), "the number 1.3"),
                Arguments.of("clusters", Map.of("value", 7), "the number 7"),
                Arguments.of("clusters", Map.of("type", "Json", "value", "{\"a\": {}}"), "an object"),
                Arguments.of("clusters", Map.of("type", "Json", "value", "[1, {}]"), "the number 1"),
                Arguments.of("hub", Map.of("type", "Json", "value", "no json"), "no JSON"),
                Arguments.of("keepSample", Map.of("value", "perhaps"), "'perhaps'"),
                Arguments.of("keepSample", Map.of("value", "true"), "'true'"),
                Arguments.of("reason", Map.of("type", "Json", "value", "null"), "nothing"),
                Arguments.of("initiator", Map.of("value", "olivia"), "no such field"),
                Arguments.of("topology", Map.of("value", "MIXED"), "no such field"),
                Arguments.of("keepSample", Map.of("value", List.of(1)), "a list"),
                Arguments.of("revision", Map.of("value", "Has Spaces"), "'Has Spaces'"),
                Arguments.of("tag", Map.of("value", "x".repeat(5_000)), "5000 characters"),
                Arguments.of("meshFile", Map.of("value", 42), "the number 42"),
                Arguments.of("meshFile", Map.of("type", "Json", "value", "[1]"), "a list"),
                Arguments.of("approved", Map.of("value", true), "no such field"),
                Arguments.of("members", Map.of("value", "a bean of the diagram"), "no such field"),
                Arguments.of("checkInputsDelegate", Map.of("value", "a step of the diagram"), "no such field"),
                Arguments.of("mesh", Map.of("type", "Json", "value", "{}"), "an object"),
                Arguments.of(
                        "reason",
                        Map.of(
                                "type", "Object",
                                "value", "\"x\"",
                                "valueInfo",
                                        Map.of(
                                                "objectTypeName", "java.lang.String",
                                                "serializationDataFormat", "application/json")),
                        "an object"));
    }

    @ParameterizedTest
    @MethodSource("wrongTypes")
    void shouldAnswerAWrongTypeInWords(String name, Map<String, Object> value, String found) {
        String message = refusal(start("verify-mesh", Map.of(name, value)));

        assertThat(message).contains("request, %s: ".formatted(name)).contains(found);
    }

    /** By the body for pipelines as by the variables of the engine, in the same words. */
    @ParameterizedTest
    @MethodSource("sameWords")
    void shouldAnswerAlikeByEitherInterface(String field, Object value, String words) {
        Map<String, Object> body = new HashMap<>(Map.of("process", "verify-mesh"));
        body.put(field, value);

        ResponseEntity<JsonNode> answer =
                http.withBasicAuth("olivia", DemoUsers.PASSWORD).postForEntity("/api/changes", body, JsonNode.class);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer.getBody().path("findings"))
                .anySatisfy(finding -> assertThat(finding.asText()).startsWith("request, " + field + ": " + words));
        assertThat(answer.getBody().path("findings"))
                .allSatisfy(finding -> assertThat(finding.asText()).contains(": expected "));
        boolean typed = value != null && !(value instanceof List);
        Map<String, Object> variable =
                typed ? Map.of("value", value) : Map.of("type", "Json", "value", value == null ? "null" : "[]");
        assertThat(refusal(start("verify-mesh", Map.of(field, variable)))).contains("request, " + field + ": " + words);
    }

    static Stream<Arguments> sameWords() {
        return Stream.of(
                Arguments.of("meshId", null, "expected a text, found nothing."),
                Arguments.of("meshId", 42, "expected a text, found the number 42. Put it in quotes."),
                Arguments.of("reason", List.of(), "expected a text, found a list."),
                Arguments.of("reason", "x".repeat(2_001), "expected at most 2000 characters, found 2001 characters."),
                Arguments.of("keepSample", "true", "expected true or false, found 'true'."),
                Arguments.of("initiator", "olivia", "expected one of [clusters, "),
                Arguments.of("topology", "MIXED", "expected one of [clusters, "),
                Arguments.of("reason", "a\u0000", "expected a text without control characters, found U+0000 as"));
    }

    @Test
    void shouldTakeNoOtherBusinessKeyThanTheMeshsId() {
        Map<String, Object> body = new HashMap<>(Map.of("variables", Map.of("meshFile", text(FILE))));
        body.put("businessKey", "x".repeat(300));
        assertThat(refusal(as("olivia").post("/process-definition/key/install-mesh/start", body)))
                .contains("request, businessKey: expected the mesh's id mesh1, or nothing, found 'xxx");

        body.put("businessKey", "mesh1");
        assertThat(as("olivia")
                        .post("/process-definition/key/install-mesh/start", body)
                        .getStatusCode())
                .isEqualTo(HttpStatus.OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"String", "Json", "Integer", "Boolean", "Null"})
    void shouldTakeNullForNothing(String type) {
        Map<String, Object> nothing = new java.util.HashMap<>();
        nothing.put("value", null);
        nothing.put("type", type);

        assertThat(refusal(start("multi-primary", Map.of("meshId", nothing, "clusters", nothing))))
                .contains("expected a mesh file, or the fields meshId, istioVersion and clusters, found neither");
    }

    @Test
    void shouldVerifyAMeshThatIsNamedByFields() {
        ResponseEntity<JsonNode> answer = start(
                "verify-mesh",
                Map.of(
                        "meshId", text("mesh1"),
                        "istioVersion", text("1.30.3"),
                        "clusters", text("cluster1,cluster2"),
                        "primary", text("cluster1")));

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(runtime.getActiveActivityIds(answer.getBody().path("id").asText()))
                .containsExactly("CallActivity_PrepareChange");
    }

    /** By every way in: what goes is named, and a whole mesh only by its name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "remove-mesh | {} | confirmMeshId: expected the mesh's ID once more, 'mesh1', found nothing",
                "remove-mesh | {\"takeOut\":[]} | confirmMeshId: expected the mesh's ID once more",
                "remove-mesh | {\"confirmMeshId\":\"mesh2\"} | found 'mesh2'",
                "remove-mesh | {\"confirmMeshId\":\"mesh1\u200B\"} | u200b'",
                "remove-mesh | {\"confirmMeshId\":\"mesh1\",\"takeOut\":[\"cluster1\"]} | takeOut: expected nothing",
                "remove-mesh | {\"confirmMeshId\":\"mesh1\",\"takeOut\":[]} | takeOut: expected nothing",
                "take-out-cluster | {} | takeOut: expected the clusters that leave the mesh",
                "take-out-cluster | {\"takeOut\":[]} | takeOut: expected the clusters that leave the mesh",
                "take-out-cluster | {\"takeOut\":[\"cluster1\",\"cluster1\"]} | takeOut: expected each cluster once",
                "take-out-cluster | {\"takeOut\":[\"cluster1\",\"cluster2\"]} | at least one cluster that stays"
            })
    void shouldNeverGuessWhatIsToGo(String process, String more, String finding) throws Exception {
        ObjectNode asked = (ObjectNode) json.readTree(more);
        asked.put("meshId", "mesh1").put("istioVersion", "1.30.3").put("reason", "a test");
        asked.putArray("clusters").add("cluster1").add("cluster2");
        Map<String, Object> variables = new HashMap<>();
        asked.properties()
                .forEach(field -> variables.put(
                        field.getKey(),
                        field.getValue().isArray()
                                ? Map.of(
                                        "type",
                                        "Json",
                                        "value",
                                        field.getValue().toString())
                                : text(field.getValue().asText())));

        ResponseEntity<JsonNode> byEngine = start(process, variables);
        assertThat(refusal(byEngine)).contains(finding);
        assertThat(byEngine.getBody().path("findings").toString()).contains(finding);
        ResponseEntity<JsonNode> byApi = http.withBasicAuth("olivia", DemoUsers.PASSWORD)
                .postForEntity("/api/changes", asked.put("process", process), JsonNode.class);
        assertThat(byApi.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(byApi.getBody().path("findings").toString()).contains(finding);
    }

    @ParameterizedTest
    @ValueSource(strings = {"carla", "andrea"})
    void shouldLetOnlyOperatorsVerify(String user) {
        assertThat(as(user).start("verify-mesh").getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(as(user).start("install-mesh").getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(as(user).start("take-out-cluster").getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
    }

    private String refusal(ResponseEntity<JsonNode> answer) {
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(answer.getBody().path("type").asText()).isIn("BadRequestException", "InvalidRequestException");
        assertThat(answer.getBody().path("message").asText()).doesNotContain("Cannot instantiate process definition");
        assertThat(history.createHistoricProcessInstanceQuery().count()).isZero();
        return answer.getBody().path("message").asText();
    }

    private ResponseEntity<JsonNode> start(String process, Map<String, ?> variables) {
        return as("olivia").post("/process-definition/key/%s/start".formatted(process), Map.of("variables", variables));
    }

    private static Map<String, Object> text(String text) {
        return Map.of("value", text, "type", "String");
    }

    private EngineRest as(String user) {
        return EngineRest.as(http, user);
    }
}

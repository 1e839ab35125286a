package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshspan.audit.ChangeState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** REST for pipelines: the same rules as in Tasklist, and errors in words. */
@WebApplicationTest
class ChangesApiIT {

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    @AfterEach
    void endTheChanges() {
        runtime.createProcessInstanceQuery()
                .rootProcessInstances()
                .list()
                .forEach(i -> runtime.deleteProcessInstance(i.getId(), "end of test"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/changes", "/api/evidence-key", "/api/openapi.yaml", "/api/x"})
    void shouldAskForAPassword(String path) {
        assertThat(http.getForEntity(path, String.class).getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
    }

    @Test
    void shouldLetNobodyReadWithoutASession() {
        ResponseEntity<JsonNode> answer = http.getForEntity("/changes/data/changes", JsonNode.class);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(http.getForEntity("/changes/", String.class).getBody()).doesNotContain("page.js");
    }

    @Test
    void shouldLeadAChangeFromItsStartToItsDecisionAndRefuseTheRequester() {
        String change = start("olivia").getBody().path("id").asText();

        ResponseEntity<JsonNode> own = post("olivia", "/api/changes/%s/approval".formatted(change), approve(true));
        ResponseEntity<JsonNode> other = post("carla", "/api/changes/%s/approval".formatted(change), approve(true));
        ResponseEntity<JsonNode> again = post("carla", "/api/changes/%s/approval".formatted(change), approve(true));

        assertThat(own.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(own.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(own.getBody().path("detail").asText()).contains("olivia").doesNotContain("TASK_WORK");
        assertThat(other.getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
        assertThat(again.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        JsonNode decided = records(change, "DECIDED").get(0);
        assertThat(decided.path("actor").asText()).isEqualTo("carla");
        assertThat(decided.path("data").path("planDigest").asText()).isEqualTo("sha256:0123");
    }

    /** A request that comes twice, or late, must not approve the plan that took the place of the one it was made for. */
    @Test
    void shouldApproveThePlanThatWasReadAndNoOther() {
        String approval = "/api/changes/%s/approval"
                .formatted(start("olivia").getBody().path("id").asText());

        ResponseEntity<JsonNode> blind = post("carla", approval, Map.of("approved", true));
        ResponseEntity<JsonNode> empty = post("carla", approval, Map.of("approved", true, "planDigest", ""));
        ResponseEntity<JsonNode> late = post("carla", approval, Map.of("approved", true, "planDigest", "sha256:0122"));

        assertThat(blind.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(blind.getBody().path("detail").asText()).startsWith("planDigest: expected the digest of the plan");
        assertThat(empty.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(late.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(late.getBody().path("detail").asText()).contains("does not ask about a plan sha256:0122");
        assertThat(post("carla", approval, approve(true)).getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
    }

    @Test
    void shouldSayWhatAChangeWaitsFor() {
        String change = start("olivia").getBody().path("id").asText();

        JsonNode now = get("andrea", "/api/changes/%s/now".formatted(change)).getBody();

        assertThat(now).anySatisfy(doing -> {
            assertThat(doing.path("activity").asText()).isEqualTo("Task_Approve");
            assertThat(doing.path("task").asText()).isNotEmpty();
        });
    }

    @Test
    void shouldSayHowAChangeStandsAndForWhomItWaits() {
        String change = start("olivia").getBody().path("id").asText();

        assertThat(state("carla", change)).isEqualTo("WAITING_FOR_APPROVAL true");
        assertThat(state("olivia", change)).as("nobody approves their own").isEqualTo("WAITING_FOR_APPROVAL false");
        assertThat(state("andrea", change)).isEqualTo("WAITING_FOR_APPROVAL false");
        JsonNode listed = listed("carla", change, "WAITING_FOR_APPROVAL");
        assertThat(listed.path("stateText").asText()).isEqualTo("waiting for approval");
        assertThat(listed.path("stateDetail").asText()).contains("by one of change-managers");
        assertThat(listed("carla", change, "WORKING").isMissingNode()).isTrue();

        EngineRest.as(http, "admin").http().delete("/engine-rest/process-instance/" + change);
        assertThat(state("carla", change)).isEqualTo("DELETED false");
        assertThat(listed("carla", change, "DELETED").path("stateText").asText())
                .isEqualTo("Deleted");
    }

    @Test
    void shouldDescribeEveryStateThatThereIs() throws Exception {
        JsonNode described = description()
                .path("components")
                .path("schemas")
                .path("ChangeState")
                .path("enum");

        assertThat(StreamSupport.stream(described.spliterator(), false).map(JsonNode::asText))
                .containsExactlyElementsOf(
                        Stream.of(ChangeState.values()).map(Enum::name).toList());
    }

    private String state(String user, String change) {
        JsonNode standing = get(user, "/api/changes/" + change).getBody().path("change");
        return standing.path("state").asText() + " "
                + standing.path("waitsForYou").asText();
    }

    private JsonNode listed(String user, String change, String state) {
        return StreamSupport.stream(
                        get(user, "/api/changes?state=" + state).getBody().spliterator(), false)
                .filter(found -> found.path("id").asText().equals(change))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    @Test
    void shouldListChangesAndHandOutEvidenceToAuditors() {
        String change = start("olivia").getBody().path("id").asText();

        assertThat(get("andrea", "/api/changes?outcome=running").getBody().findValuesAsText("id"))
                .contains(change);
        assertThat(get("andrea", "/api/changes?mesh=nosuch").getBody()).isEmpty();
        assertThat(get("andrea", "/api/changes/%s/evidence".formatted(change))
                        .getBody()
                        .path("signature")
                        .asText())
                .isNotEmpty();
        assertThat(get("andrea", "/api/changes/" + change).getBody().path("problems"))
                .isEmpty();
    }

    @Test
    void shouldRecordWhoDeletedAChange() {
        String change = start("olivia").getBody().path("id").asText();

        EngineRest.as(http, "admin").http().delete("/engine-rest/process-instance/" + change);

        JsonNode view = get("andrea", "/api/changes/" + change).getBody();
        assertThat(view.path("change").path("outcome").asText()).isEqualTo("Deleted");
        assertThat(view.path("problems")).isEmpty();
        assertThat(records(change, "ENDED"))
                .singleElement()
                .satisfies(ended -> assertThat(ended.path("actor").asText()).isEqualTo("admin"));
    }

    @ParameterizedTest
    @CsvSource({
        "olivia, /api/changes/nosuch, 404, There is no change nosuch",
        "olivia, /api/changes/nosuch/evidence, 404, There is no change nosuch",
        "olivia, /api/changes/nosuch/now, 404, There is no change nosuch",
    })
    void shouldSayInWordsWhatIsNotThere(String user, String path, int status, String words) {
        ResponseEntity<JsonNode> answer = get(user, path);

        assertThat(answer.getStatusCode().value()).isEqualTo(status);
        assertThat(answer.getBody().path("detail").asText()).startsWith(words);
    }

    @Test
    void shouldRefuseABodyThatMakesNoSense() {
        String change = start("olivia").getBody().path("id").asText();

        assertThat(post("olivia", "/api/changes", Map.of("process", "nosuch")).getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(post("olivia", "/api/changes", List.of("no object")).getStatusCode())
                .isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(post("carla", "/api/changes/%s/approval".formatted(change), Map.of("approved", "yes"))
                        .getBody()
                        .path("detail")
                        .asText())
                .contains("expected true or false");
        assertThat(post("carla", "/api/changes", Map.of("process", "gated-change"))
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
    }

    @Test
    void shouldDescribeEveryPathAndNoOther() throws Exception {
        Set<String> described = new TreeSet<>();
        description()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (!method.equals("parameters")) {
                        described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
                    }
                }));

        assertThat(described).isEqualTo(offered());
    }

    private JsonNode description() throws Exception {
        return new YAMLMapper()
                .readTree(http.withBasicAuth("olivia", "olivia").getForObject("/api/openapi.yaml", String.class));
    }

    private Set<String> offered() {
        Set<String> offered = new TreeSet<>();
        mappings.getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> offered.add(method + " " + path))));
        return offered;
    }

    private ResponseEntity<JsonNode> start(String user) {
        return post(user, "/api/changes", Map.of("process", "gated-change"));
    }

    private List<JsonNode> records(String change, String kind) {
        return get("andrea", "/api/changes/" + change).getBody().path("records").findParents("kind").stream()
                .filter(record -> record.path("kind").asText().equals(kind))
                .toList();
    }

    private static Map<String, Object> approve(boolean approved) {
        return Map.of("approved", approved, "comment", "seen", "planDigest", "sha256:0123");
    }

    private ResponseEntity<JsonNode> get(String user, String path) {
        return http.withBasicAuth(user, user).getForEntity(path, JsonNode.class);
    }

    private ResponseEntity<JsonNode> post(String user, String path, Object body) {
        return http.withBasicAuth(user, user).postForEntity(path, body, JsonNode.class);
    }
}

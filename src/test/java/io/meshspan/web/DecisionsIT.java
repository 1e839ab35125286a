package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshspan.DemoUsers;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** A decision has a value that its form offers, on every way; one that is refused leaves everything as it was. */
@WebApplicationTest
class DecisionsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private TaskService tasks;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private ManagementService management;

    @Autowired
    private HistoryService history;

    private String change = "";

    @BeforeEach
    void oliviaStartsAChange() {
        change = as("olivia").start("gated-change").getBody().path("id").asText();
    }

    @AfterEach
    void endTheChange() {
        runtime.createProcessInstanceQuery()
                .rootProcessInstances()
                .list()
                .forEach(i -> runtime.deleteProcessInstance(i.getId(), "end of test"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'decision': null}",
                "{'decision': ''}",
                "{'decision': 'RETRY'}",
                "{'decision': 'rollback'}",
                "{'decision': 'without'}",
                "{'decision': 5}",
                "{'decision': true}",
                "{'decision': ['retry']}",
                "{'decision': {}}",
                "{'comment': 'stop'}"
            })
    void shouldRefuseADecisionThatIsNotOfferedOnEveryWay(String fields) throws IOException {
        approved();
        JsonNode body = JSON.readTree(fields.replace('\'', '"'));

        for (ResponseEntity<JsonNode> answer : List.of(
                post("/api/changes/%s/decisions/%s".formatted(change, task().getId()), "oscar", body),
                post("/engine-rest/task/%s/complete".formatted(task().getId()), "oscar", typed(body)),
                post("/engine-rest/task/%s/submit-form".formatted(task().getId()), "oscar", typed(body)))) {
            refused(answer, "decision: expected retry or stop, found ");
        }
        assertThat(task().getTaskDefinitionKey()).isEqualTo("Task_Decide");
        assertThat(task().getAssignee()).isNull();
    }

    /** It would be gone when the flow behind the task asks for it. */
    @Test
    void shouldRefuseADecisionThatIsNotKept() throws IOException {
        approved();
        JsonNode variables = JSON.readTree("""
                {"variables": {"decision": {"value": "retry", "valueInfo": {"transient": true}}}}""");

        refused(
                post("/engine-rest/task/%s/complete".formatted(task().getId()), "oscar", variables),
                "decision: expected a variable that is kept");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
                    {'approved': false}, Say in the comment why you reject this change
                    "{'approved': false, 'comment': ' '}", Say in the comment why you reject this change
                    "{'approved': 'true', 'comment': 'seen'}", "approved: expected true or false, found"
                    "{'approved': 1, 'comment': 'seen'}", "approved: expected true or false, found"
                    {'comment': 'seen'}, "approved: expected true or false, found"
                    "{'approved': true, 'comment': 7}", "comment: expected a text"
                    "{'approved': true, 'initiator': 'me'}", this one also writes initiator
                    """)
    void shouldRefuseAnApprovalThatMakesNoSenseAndLeaveTheTaskToAnybody(String fields, String words)
            throws IOException {
        ObjectNode body = (ObjectNode) JSON.readTree(fields.replace('\'', '"'));
        ObjectNode withPlan = body.deepCopy().put("planDigest", "sha256:0123");

        ResponseEntity<JsonNode> byApi = post("/api/changes/%s/approval".formatted(change), "carla", withPlan);
        assertThat(byApi.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(task().getAssignee()).isNull();

        as("carla").post("/task/%s/claim".formatted(task().getId()), Map.of("userId", "carla"));
        refused(post("/engine-rest/task/%s/complete".formatted(task().getId()), "carla", typed(body)), words);
        refused(post("/engine-rest/task/%s/submit-form".formatted(task().getId()), "carla", typed(body)), words);
        assertThat(task().getAssignee()).isEqualTo("carla");
        assertThat(task().getTaskDefinitionKey()).isEqualTo("Task_Approve");
    }

    @Test
    void shouldLeaveATaskToItsHolderWhoMayGiveItBack() {
        String path = "/task/%s/".formatted(task().getId());
        as("carla").post(path + "claim", Map.of("userId", "carla"));

        ResponseEntity<JsonNode> bySomebodyElse = as("oscar").post(path + "unclaim", Map.of());
        ResponseEntity<JsonNode> byTheHolder = as("carla").post(path + "unclaim", Map.of());

        assertThat(bySomebodyElse.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(byTheHolder.getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
        assertThat(task().getAssignee()).isNull();
    }

    @Test
    void shouldTakeADecisionWithItsReason() {
        approved();

        ResponseEntity<JsonNode> answer = http.withBasicAuth("oscar", DemoUsers.PASSWORD)
                .postForEntity(
                        "/api/changes/%s/decisions/%s".formatted(change, task().getId()),
                        Map.of("decision", "stop", "comment", "not today"),
                        JsonNode.class);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
        assertThat(http.withBasicAuth("andrea", DemoUsers.PASSWORD)
                        .getForObject("/api/changes/" + change, JsonNode.class)
                        .path("records"))
                .anySatisfy(record -> assertThat(record.path("result").asText() + " "
                                + record.path("detail").asText() + " "
                                + record.path("actor").asText())
                        .isEqualTo("stop not today oscar"));
    }

    @Test
    void shouldTellWhoeverGoesOnThatNobodyAnswered() {
        String asking = task().getProcessInstanceId();

        management.executeJob(
                management.createJobQuery().timers().singleResult().getId());

        assertThat(history.createHistoricVariableInstanceQuery()
                        .processInstanceId(asking)
                        .variableName("failureText")
                        .singleResult()
                        .getValue()
                        .toString())
                .startsWith("Nobody answered \"Approve change\" in time.");
        assertThat(task().getTaskDefinitionKey()).isEqualTo("Task_Decide");
    }

    private void approved() {
        ResponseEntity<JsonNode> answer = http.withBasicAuth("carla", DemoUsers.PASSWORD)
                .postForEntity(
                        "/api/changes/%s/approval".formatted(change),
                        Map.of("approved", true, "planDigest", "sha256:0123"),
                        JsonNode.class);
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
    }

    private Task task() {
        return tasks.createTaskQuery().singleResult();
    }

    private static void refused(ResponseEntity<JsonNode> answer, String words) {
        assertThat(answer.getBody()
                        .path("detail")
                        .asText(answer.getBody().path("message").asText()))
                .contains(words)
                .doesNotContain("Exception");
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
    }

    private static JsonNode typed(JsonNode fields) {
        ObjectNode variables = JSON.createObjectNode();
        fields.properties().forEach(field -> {
            ObjectNode variable = variables.putObject(field.getKey());
            boolean container = field.getValue().isContainerNode();
            variable.set(
                    "value",
                    container ? JSON.getNodeFactory().textNode(field.getValue().toString()) : field.getValue());
            if (container) {
                variable.put("type", "Json");
            }
        });
        return JSON.createObjectNode().set("variables", variables);
    }

    private ResponseEntity<JsonNode> post(String path, String user, JsonNode body) {
        return http.withBasicAuth(user, DemoUsers.PASSWORD).postForEntity(path, body, JsonNode.class);
    }

    private EngineRest as(String user) {
        return EngineRest.as(http, user);
    }
}

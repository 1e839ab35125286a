package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** The requester does not get past the approval on any way that REST offers; somebody else does, by deciding only. */
@WebApplicationTest
class FourEyesIT {

    private static final String ADVICE =
            "olivia asked for this change and cannot approve it;" + " another member of change-managers must decide";

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private TaskService tasks;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private HistoryService history;

    @Autowired
    private IdentityService identity;

    private String change = "";
    private String task = "";

    @BeforeEach
    void oliviaWhoIsAlsoChangeManagerStartsAChange() {
        identity.createMembership("olivia", "change-managers");
        change = as("olivia").start("gated-change").getBody().path("id").asText();
        task = tasks.createTaskQuery()
                .taskDefinitionKey("Task_Approve")
                .singleResult()
                .getId();
    }

    @AfterEach
    void endTheChange() {
        identity.deleteMembership("olivia", "change-managers");
        identity.clearAuthentication();
        runtime.createProcessInstanceQuery()
                .rootProcessInstances()
                .list()
                .forEach(i -> runtime.deleteProcessInstance(i.getId(), "end of test"));
    }

    @Test
    void shouldRefuseTheRequestersClaim() {
        refused(as("olivia").post("/task/%s/claim".formatted(task), Map.of("userId", "olivia")), ADVICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"complete", "submit-form"})
    void shouldRefuseTheRequestersDecisionWithoutAClaim(String way) {
        refused(as("olivia").post("/task/%s/%s".formatted(task, way), approving()), ADVICE);
    }

    @Test
    void shouldRefuseThatAnAdministratorHandsTheTaskToTheRequester() {
        refused(as("admin").post("/task/%s/assignee".formatted(task), Map.of("userId", "olivia")), ADVICE);
    }

    @Test
    void shouldRefuseTheRequesterOnATaskThatSomebodyElseClaimed() {
        claim("carla");

        refused(as("olivia").post("/task/%s/complete".formatted(task), approving()), ADVICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"complete", "submit-form", "claim"})
    void shouldRefuseAnAdministratorWhoIsNoChangeManager(String way) {
        Map<String, Object> body = way.equals("claim") ? Map.of("userId", "admin") : approving();

        refused(as("admin").post("/task/%s/%s".formatted(task, way), body), "admin cannot decide on this change");
    }

    @Test
    void shouldRefuseThatAnAdministratorJoinsByAddingTheirGroupToTheTask() {
        Map<String, Object> link = Map.of("groupId", "camunda-admin", "type", "candidate");
        as("admin").post("/task/%s/identity-links".formatted(task), link);

        refused(
                as("admin").post("/task/%s/claim".formatted(task), Map.of("userId", "admin")),
                "admin cannot decide on this change");
    }

    @ParameterizedTest
    @ValueSource(strings = {"resolve", "bpmnError", "bpmnEscalation"})
    void shouldRefuseToEndTheTaskByAnythingButItsForm(String way) {
        Map<String, Object> body = Map.of(
                "errorCode", "any", "escalationCode", "any", "variables", Map.of("plan", Map.of("value", "mine")));
        Map<String, Object> resolution = Map.of("variables", Map.of("plan", Map.of("value", "mine")));

        refused(
                as("carla").post("/task/%s/%s".formatted(task, way), way.equals("resolve") ? resolution : body),
                "a task ends by its form");
    }

    @ParameterizedTest
    @ValueSource(strings = {"olivia", "admin"})
    void shouldRefuseAStartBehindTheApproval(String user) {
        Map<String, Object> instructions = Map.of(
                "startInstructions", List.of(Map.of("type", "startBeforeActivity", "activityId", "Task_Decide")));

        refused(
                as(user).post("/process-definition/key/gated-change/start", instructions),
                "A change follows its diagram");
    }

    @Test
    void shouldRefuseThatAnAdministratorMovesTheChangePastTheApproval() {
        Map<String, Object> modification =
                Map.of("instructions", List.of(Map.of("type", "startBeforeActivity", "activityId", "Task_Decide")));

        refused(
                as("admin").post("/process-instance/%s/modification".formatted(change), modification),
                "A change follows its diagram");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "planDigest", "mesh", "approval"})
    void shouldRefuseADecisionThatAlsoWrites(String variable) {
        claim("carla");
        Map<String, Object> body = EngineRest.variables(Map.of("approved", true, variable, "mine"));

        makesNoSense(as("carla").post("/task/%s/complete".formatted(task), body), "this one also writes " + variable);
        assertThat(tasks.getVariable(task, "planDigest")).isEqualTo("sha256:0123");
    }

    @Test
    void shouldRefuseThatACandidateWritesThePlanThroughTheTask() {
        claim("carla");

        ResponseEntity<JsonNode> answer = as("carla")
                .send(HttpMethod.PUT, "/task/%s/variables/planDigest".formatted(task), Map.of("value", "mine"));

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"planDigest", "planSummary", "plan"})
    void shouldRefuseADecisionOnAPlanThatSomebodyRewrote(String variable) {
        claim("carla");
        String instance = tasks.createTaskQuery().taskId(task).singleResult().getProcessInstanceId();
        // Not by REST, which refuses it to everybody.
        runtime.setVariable(instance, variable, "a harmless plan");

        refused(
                as("carla").post("/task/%s/complete".formatted(task), approving()),
                "another plan than the one on record, sha256:0123");
    }

    @Test
    void shouldRefuseARejectionWithoutAReason() {
        claim("carla");

        makesNoSense(
                as("carla")
                        .post(
                                "/task/%s/complete".formatted(task),
                                EngineRest.variables(Map.of("approved", false, "comment", " "))),
                "Say in the comment why you reject this change");
    }

    /** As an exposure is asked about after its plan was approved. */
    @ParameterizedTest
    @ValueSource(strings = {"complete", "submit-form"})
    void shouldNotTakeTheAnswerToAnEarlierQuestionForOne(String way) {
        startAnswered();
        claim("carla");

        makesNoSense(
                as("carla").post("/task/%s/%s".formatted(task, way), Map.of()),
                "approved: expected true or false, found nothing");
        assertThat(tasks.getVariables(task)).doesNotContainKeys("approved", "comment");
    }

    @Test
    void shouldRefuseEverybodyWhenNobodyStartedTheChange() {
        runtime.deleteProcessInstance(change, "replaced");
        runtime.startProcessInstanceByKey("gated-change");
        task = tasks.createTaskQuery()
                .taskDefinitionKey("Task_Approve")
                .singleResult()
                .getId();

        refused(as("carla").post("/task/%s/claim".formatted(task), Map.of("userId", "carla")), "nobody can approve it");
    }

    @Test
    void shouldRecordTheDecisionOfSomebodyElse() {
        claim("carla");

        ResponseEntity<JsonNode> answer = as("carla")
                .post(
                        "/task/%s/submit-form".formatted(task),
                        EngineRest.variables(Map.of("approved", true, "comment", "Agreed")));

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
        String approval = String.valueOf(history.createHistoricVariableInstanceQuery()
                .processInstanceId(change)
                .variableName("approval")
                .singleResult()
                .getValue());
        assertThat(approval)
                .contains("\"approved\":true", "\"by\":\"carla\"", "\"comment\":\"Agreed\"")
                .contains("\"planDigest\":\"sha256:0123\"", "\"at\":\"2");
    }

    @Test
    void shouldRefuseThatALaterDecisionRewritesWhatWasApproved() {
        shouldRecordTheDecisionOfSomebodyElse();
        task = tasks.createTaskQuery()
                .taskDefinitionKey("Task_Decide")
                .singleResult()
                .getId();

        makesNoSense(
                as("oscar")
                        .post(
                                "/task/%s/complete".formatted(task),
                                EngineRest.variables(Map.of("decision", "retry", "approval", "mine"))),
                "this one also writes approval");
        assertThat(as("oscar")
                        .post("/task/%s/complete".formatted(task), EngineRest.variables(Map.of("decision", "retry")))
                        .getStatusCode())
                .isEqualTo(HttpStatus.NO_CONTENT);
    }

    private void startAnswered() {
        runtime.deleteProcessInstance(change, "replaced");
        Map<String, Object> answer = EngineRest.variables(Map.of("approved", true, "comment", "to something else"));
        ResponseEntity<JsonNode> started = as("olivia").post("/process-definition/key/gated-change/start", answer);
        assertThat(started.getStatusCode()).isEqualTo(HttpStatus.OK);
        task = tasks.createTaskQuery()
                .taskDefinitionKey("Task_Approve")
                .singleResult()
                .getId();
    }

    private void claim(String user) {
        ResponseEntity<JsonNode> answer = as(user).post("/task/%s/claim".formatted(task), Map.of("userId", user));
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
    }

    private void refused(ResponseEntity<JsonNode> answer, String advice) {
        refused(HttpStatus.FORBIDDEN, answer, advice);
    }

    /** The right person, but no decision that makes sense. */
    private void makesNoSense(ResponseEntity<JsonNode> answer, String advice) {
        refused(HttpStatus.BAD_REQUEST, answer, advice);
    }

    private void refused(HttpStatus status, ResponseEntity<JsonNode> answer, String advice) {
        assertThat(answer.getStatusCode()).isEqualTo(status);
        assertThat(answer.getBody().path("message").asText()).contains(advice);
        assertThat(tasks.createTaskQuery().taskId(task).count()).isOne();
    }

    private static Map<String, Object> approving() {
        return EngineRest.variables(Map.of("approved", true));
    }

    private EngineRest as(String user) {
        return EngineRest.as(http, user);
    }
}

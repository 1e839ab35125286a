package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.DemoUsers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** A step that failed until no attempt was left is told of and tried again, by whoever may. */
@WebApplicationTest
class RetriesIT {

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private ManagementService management;

    @Autowired
    private UnreachableApiServer cluster;

    @BeforeEach
    void nothingAnswers() {
        cluster.breakAgain();
    }

    @AfterEach
    void endTheChanges() {
        runtime.createProcessInstanceQuery()
                .rootProcessInstances()
                .list()
                .forEach(i -> runtime.deleteProcessInstance(i.getId(), "end of test"));
    }

    @Test
    void shouldTellWhichStepRestsAndGoOnOnceAnOperatorHasItTriedAgain() {
        // given
        String change = start();
        JsonNode resting = resting("carla", change);
        String job = resting.path("fault").path("job").asText();
        JsonNode stuck = get("oscar", "/api/changes?state=STUCK_WITH_INCIDENT").path(0);

        // when
        cluster.mend();
        ResponseEntity<JsonNode> answer = retry("oscar", change, job);

        // then
        assertThat(stuck.path("stateDetail").asText()).isEqualTo("Call cluster");
        assertThat(stuck.path("waitsForYou").asBoolean()).as("an operator").isTrue();
        assertThat(resting.path("step").asText()).isEqualTo("Call cluster");
        assertThat(resting.path("fault").path("message").asText()).contains(UnreachableApiServer.WORDS);
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
        awaitEnd(change);
        assertThat(change(change).path("records"))
                .anySatisfy(record -> assertThat(record.path("kind").asText() + " "
                                + record.path("result").asText() + " "
                                + record.path("actor").asText())
                        .isEqualTo("INCIDENT RESOLVED oscar"));
        assertThat(retry("oscar", change, job).getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
    }

    @Test
    void shouldTellWhichStepIsBeingDone() {
        // given
        String change = start();
        String job = resting("olivia", change).path("fault").path("job").asText();
        cluster.beSlow();

        // when
        retry("olivia", change, job);
        JsonNode doing = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> get("carla", "/api/changes/%s/now".formatted(change))
                                .path(0),
                        found -> found.path("fault").isNull());
        String state = change(change).path("change").path("state").asText();
        cluster.mend();

        // then
        assertThat(state).isEqualTo("WORKING");
        assertThat(doing.path("step").asText()).isEqualTo("Call cluster");
        assertThat(doing.path("task").isNull()).isTrue();
        awaitEnd(change);
    }

    @ParameterizedTest
    @ValueSource(strings = {"carla", "andrea"})
    void shouldRefuseWhoeverIsNoOperator(String user) {
        String change = start();
        String job = resting(user, change).path("fault").path("job").asText();

        ResponseEntity<JsonNode> byPassword = retry(user, change, job);
        ResponseEntity<JsonNode> bySession = WebLogin.of(http, user).post(action(change, job));

        assertThat(byPassword.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(bySession.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(bySession.getBody().path("detail").asText())
                .startsWith("The role of %s does not include this".formatted(user));
        assertThat(resting("olivia", change).path("fault").path("job").asText()).isEqualTo(job);
    }

    @Test
    void shouldTryAgainFromThePageAndOnlyFromThere() {
        String change = start();
        String job = resting("olivia", change).path("fault").path("job").asText();
        WebLogin olivia = WebLogin.of(http, "olivia");

        ResponseEntity<JsonNode> fromAnotherSite = olivia.postFromElsewhere(action(change, job));
        cluster.mend();
        ResponseEntity<JsonNode> fromThePage = olivia.post(action(change, job));

        assertThat(fromAnotherSite.getStatusCode().is4xxClientError()).isTrue();
        assertThat(fromThePage.getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
    }

    /** The step is not tried again: what it failed with is put before a person, as an expected failure would be. */
    @Test
    void shouldPutItBeforeAPersonWhoThenDecides() {
        // given
        String change = start();
        JsonNode fault = resting("oscar", change).path("fault");
        String job = fault.path("job").asText();

        // when
        assertThat(ask("carla", change, job).getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(WebLogin.of(http, "andrea")
                        .post(action(change, job) + "/decision")
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
        cluster.mend();
        ResponseEntity<JsonNode> asked = WebLogin.of(http, "oscar").post(action(change, job) + "/decision");
        JsonNode question =
                get("oscar", "/api/changes/%s/now".formatted(change)).path(0);

        // then
        assertThat(fault.path("noDecision").isNull()).isTrue();
        assertThat(asked.getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
        assertThat(question.path("step").asText()).isEqualTo("Decide how to go on");
        assertThat(change(change).path("change").path("state").asText()).isEqualTo("WAITING_FOR_DECISION");
        assertThat(ask("olivia", change, job).getBody().path("detail").asText())
                .contains("a person is asked how to continue");
        assertThat(records(change))
                .contains("OPERATION AskForDecision oscar", "INCIDENT RESOLVED oscar", "FAILED FAULT_STAYED null")
                .doesNotContain("STEP DONE null");
        assertThat(change(change).path("records"))
                .anySatisfy(record -> assertThat(record.path("detail").asText())
                        .isEqualTo(
                                "A fault that should have passed by itself did not:\n" + UnreachableApiServer.WORDS));

        // when
        ResponseEntity<JsonNode> decided = http.withBasicAuth("olivia", DemoUsers.PASSWORD)
                .postForEntity(
                        "/api/changes/%s/decisions/%s"
                                .formatted(change, question.path("task").asText()),
                        Map.of("decision", "stop"),
                        JsonNode.class);

        // then
        assertThat(decided.getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
        assertThat(change(change).path("change").path("outcome").asText()).isEqualTo("Change stopped");
        assertThat(change(change).path("change").path("state").asText()).isEqualTo("STOPPED");
    }

    /** The engine refuses it to people; what else leaves a job without an attempt must not leave it unseen. */
    @Test
    void shouldTellAndLetGoOnWhatStandsStillWithoutHavingFailed() {
        // given
        String change = EngineRest.as(http, "olivia")
                .start("gated-change")
                .getBody()
                .path("id")
                .asText();
        Job timer = management.createJobQuery().timers().singleResult();
        management.setJobRetries(timer.getId(), 0);

        // when
        JsonNode now = get("oscar", "/api/changes/%s/now".formatted(change));
        ResponseEntity<JsonNode> answer = retry("oscar", change, timer.getId());

        // then
        assertThat(now).anySatisfy(doing -> {
            assertThat(doing.path("fault").path("job").asText()).isEqualTo(timer.getId());
            assertThat(doing.path("fault").path("message").asText()).contains("has not failed");
            assertThat(doing.path("step").asText()).isEqualTo("Unanswered");
        });
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
        assertThat(management.createJobQuery().timers().singleResult().getRetries())
                .isOne();
    }

    /** Of its job an operator may have nothing changed but the number of attempts, and that upwards. */
    @ParameterizedTest
    @CsvSource({"0, ''", "1, ',\"dueDate\":\"2035-01-01T00:00:00.000+0000\"'"})
    void shouldRefuseToStopAStepThatRests(int retries, String more) throws IOException {
        String change = start();
        String job = resting("oscar", change).path("fault").path("job").asText();

        ResponseEntity<JsonNode> refused = EngineRest.as(http, "oscar")
                .send(
                        HttpMethod.PUT,
                        "/job/%s/retries".formatted(job),
                        new ObjectMapper().readTree("{\"retries\":%d%s}".formatted(retries, more)));

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(resting("oscar", change).path("fault").path("job").asText()).isEqualTo(job);
        ResponseEntity<JsonNode> allowed = EngineRest.as(http, "oscar")
                .send(HttpMethod.PUT, "/job/%s/retries".formatted(job), Map.of("retries", 1));
        assertThat(allowed.getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
    }

    private void awaitEnd(String change) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                change(change).path("change").path("outcome").asText())
                        .isEqualTo("Change done"));
    }

    private List<String> records(String change) {
        return StreamSupport.stream(change(change).path("records").spliterator(), false)
                .map(record -> "%s %s %s"
                        .formatted(
                                record.path("kind").asText(),
                                record.path("result").asText(),
                                record.path("actor").asText()))
                .toList();
    }

    private ResponseEntity<JsonNode> ask(String user, String change, String job) {
        return http.withBasicAuth(user, DemoUsers.PASSWORD)
                .postForEntity("/api/changes/%s/retries/%s/decision".formatted(change, job), null, JsonNode.class);
    }

    private String start() {
        return http.withBasicAuth("olivia", DemoUsers.PASSWORD)
                .postForObject("/api/changes", Map.of("process", "stuck-change"), JsonNode.class)
                .path("id")
                .asText();
    }

    private JsonNode resting(String user, String change) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> get(user, "/api/changes/%s/now".formatted(change)).path(0),
                        doing -> doing.path("fault").path("attemptsLeft").asInt(1) == 0);
    }

    private JsonNode change(String id) {
        return get("andrea", "/api/changes/" + id);
    }

    private static String action(String change, String job) {
        return "/changes/actions/changes/%s/retries/%s".formatted(change, job);
    }

    private ResponseEntity<JsonNode> retry(String user, String change, String job) {
        return http.withBasicAuth(user, DemoUsers.PASSWORD)
                .postForEntity("/api/changes/%s/retries/%s".formatted(change, job), null, JsonNode.class);
    }

    private JsonNode get(String user, String path) {
        return http.withBasicAuth(user, DemoUsers.PASSWORD).getForObject(path, JsonNode.class);
    }
}

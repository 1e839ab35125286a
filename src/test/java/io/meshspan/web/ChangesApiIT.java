package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshspan.DemoUsers;
import io.meshspan.audit.AuditLog;
import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.ChangeState;
import io.meshspan.audit.RecordKind;
import io.meshspan.audit.Retention;
import io.meshspan.database.Utc;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
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
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** REST for pipelines: the same rules as in Tasklist, and errors in words. */
@WebApplicationTest
class ChangesApiIT {

    @Autowired
    private Retention retention;

    @Autowired
    private AuditLog audit;

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private JdbcClient database;

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
    @ValueSource(strings = {"/api/changes", "/api/evidence-key", "/api/v1/openapi.yaml", "/api/v1/x"})
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
        assertThat(blind.getBody().path("detail").asText())
                .contains("request, planDigest: expected the digest of the plan");
        assertThat(empty.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(late.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(late.getBody().path("detail").asText()).contains("does not ask about a plan sha256:0122");
        Map<String, Object> another = new HashMap<>(approve(true));
        another.put("task", "another-gate");
        ResponseEntity<JsonNode> gate = post("carla", approval, another);
        assertThat(gate.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(String.valueOf(gate.getBody())).contains("does not wait for an approval in task another-gate");
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
    void shouldListEveryChangeOnceInParts() {
        List<String> started = Stream.generate(
                        () -> start("olivia").getBody().path("id").asText())
                .limit(3)
                .toList();
        List<String> found = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode part = get("andrea", "/api/v1/changes?limit=2&state=WAITING_FOR_APPROVAL" + cursor)
                    .getBody();
            assertThat(part.path("items").size()).isLessThanOrEqualTo(2);
            found.addAll(part.path("items").findValuesAsText("id"));
            cursor = part.path("next").isNull()
                    ? ""
                    : "&cursor=" + part.path("next").asText();
        } while (!cursor.isEmpty());

        assertThat(found).containsExactlyInAnyOrderElementsOf(started);
    }

    @Test
    void shouldAnswerAsSoonAsAChangeStandsDifferently() {
        String path = "/api/v1/changes/" + start("olivia").getBody().path("id").asText();
        String known = get("andrea", path).getHeaders().getETag();
        CompletableFuture<ResponseEntity<JsonNode>> later =
                CompletableFuture.supplyAsync(() -> known("andrea", path + "?wait=30s", known));

        assertThat(known("andrea", path + "?wait=1s", known).getStatusCode()).isEqualTo(HttpStatus.NOT_MODIFIED);
        assertThat(later).isNotDone();
        post("carla", path + "/approval", approve(true));

        assertThat(later).succeedsWithin(Duration.ofSeconds(20)).satisfies(answer -> {
            assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.OK);
            assertThat(answer.getBody().at("/change/state").asText()).isEqualTo("WAITING_FOR_DECISION");
        });
        assertThat(known("andrea", path + "?wait=30s", known).getStatusCode())
                .as("what is known is old by now")
                .isEqualTo(HttpStatus.OK);
    }

    @Test
    void shouldStartOnceHoweverOftenARequestComes() {
        Map<String, Object> body = Map.of("process", "gated-change");
        List<ResponseEntity<JsonNode>> answers = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> keyed("olivia", "k1", body)))
                .limit(4)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers)
                .extracting(answer -> answer.getStatusCode().value())
                .contains(201)
                .containsAnyOf(201, 409);
        assertThat(keyed("olivia", "k1", body).getStatusCode()).isEqualTo(HttpStatus.CREATED);
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("gated-change")
                        .count())
                .isEqualTo(1);
        assertThat(keyed("olivia", "k1", Map.of("process", "stuck-change")).getStatusCode())
                .isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
        assertThat(keyed("admin", "k1", body).getHeaders().getFirst("Idempotency-Replayed"))
                .as("keys are each user's own")
                .isNotEqualTo("true");
        assertThat(keyed("olivia", " ", body).getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
    }

    /** A refused request leaves its key to the next one, and so does a node that died before the change began. */
    @Test
    void shouldTakeOverAKeyThatStartedNothing() {
        assertThat(keyed("olivia", "k2", Map.of("process", "nosuch")).getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
        Map<String, Object> body = Map.of("process", "gated-change");
        assertThat(keyed("olivia", "k2", body).getStatusCode()).isEqualTo(HttpStatus.CREATED);
        database.sql("update MESHSPAN_IDEMPOTENCY_KEY set CHANGE_ID = null").update();
        assertThat(keyed("olivia", "k2", body).getStatusCode()).isEqualTo(HttpStatus.CONFLICT);

        database.sql("update MESHSPAN_IDEMPOTENCY_KEY set CLAIMED_AT = ?")
                .param(Utc.of(Instant.now().minus(Duration.ofMinutes(3))))
                .update();

        assertThat(keyed("olivia", "k2", body).getHeaders().getFirst("Idempotency-Replayed"))
                .isEqualTo("false");
        database.sql("update MESHSPAN_IDEMPOTENCY_KEY set CLAIMED_AT = ?")
                .param(Utc.of(Instant.now().minus(Duration.ofHours(25))))
                .update();
        assertThat(keyed("olivia", "k2", Map.of("process", "stuck-change")).getStatusCode())
                .as("a day later")
                .isEqualTo(HttpStatus.CREATED);
        database.sql("update MESHSPAN_IDEMPOTENCY_KEY set CLAIMED_AT = ?")
                .param(Utc.of(Instant.now().minus(Duration.ofHours(25))))
                .update();
        retention.forget();
        assertThat(database.sql("select count(*) from MESHSPAN_IDEMPOTENCY_KEY")
                        .query(Integer.class)
                        .single())
                .as("nobody sends another key")
                .isZero();
    }

    @Test
    void shouldSayWhichAddressTookThePlaceOfOneWithoutAVersion() {
        HttpHeaders headers = get("andrea", "/api/meshes").getHeaders();

        assertThat(headers.getFirst("Deprecation")).startsWith("@17");
        assertThat(headers.getFirst("Link")).isEqualTo("</api/v1/meshes>; rel=\"successor-version\"");
        assertThat(get("andrea", "/api/v1/meshes").getHeaders()).doesNotContainKey("Deprecation");
    }

    private ResponseEntity<JsonNode> keyed(String user, String key, Map<String, Object> body) {
        HttpHeaders headers = new HttpHeaders();
        headers.set("Idempotency-Key", key);
        return http.withBasicAuth(user, DemoUsers.PASSWORD)
                .postForEntity("/api/v1/changes", new HttpEntity<>(body, headers), JsonNode.class);
    }

    private ResponseEntity<JsonNode> known(String user, String path, String version) {
        HttpHeaders headers = new HttpHeaders();
        headers.setIfNoneMatch(version);
        return http.withBasicAuth(user, DemoUsers.PASSWORD)
                .exchange(path, HttpMethod.GET, new HttpEntity<>(headers), JsonNode.class);
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

    @Test
    void shouldLetOnlyTheRequesterWithdrawAChangeAndOnlyWhileItWaitsForAnApproval() {
        String change = start("olivia").getBody().path("id").asText();
        String withdrawal = "/api/v1/changes/%s/withdrawal".formatted(change);

        ResponseEntity<JsonNode> other = post("carla", withdrawal, Map.of());
        ResponseEntity<JsonNode> odd = post("olivia", withdrawal, Map.of("approved", false));
        ResponseEntity<JsonNode> own = post("olivia", withdrawal, Map.of("comment", "the wrong mesh"));
        ResponseEntity<JsonNode> again = post("olivia", withdrawal, Map.of());

        assertThat(other.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(other.getBody().path("detail").asText()).contains("Only who asked for this change");
        assertThat(odd.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(own.getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
        assertThat(again.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(again.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        JsonNode view = get("andrea", "/api/v1/changes/" + change).getBody();
        assertThat(view.at("/change/state").asText()).isEqualTo("WITHDRAWN");
        assertThat(view.path("problems")).isEmpty();
        assertThat(records(change, "OPERATION")).isEmpty();
        assertThat(records(change, "ENDED")).singleElement().satisfies(ended -> {
            assertThat(ended.path("actor").asText()).isEqualTo("olivia");
            assertThat(ended.path("result").asText()).isEqualTo("Change withdrawn");
            assertThat(ended.path("detail").asText()).isEqualTo("the wrong mesh");
        });
        assertThat(get("andrea", "/api/v1/changes?state=WITHDRAWN").getBody().findValuesAsText("id"))
                .contains(change);
    }

    /** Whoever is first, of ten pairs at the same moment, both never win, and who loses reads why. */
    @Test
    void shouldLetAWithdrawalOrAnApprovalWinAndNeverBoth() {
        for (int pair = 0; pair < 10; pair++) {
            String change = start("olivia").getBody().path("id").asText();
            CyclicBarrier together = new CyclicBarrier(2);

            var withdrawn = CompletableFuture.supplyAsync(
                    () -> meanwhile(together, "olivia", "/api/v1/changes/%s/withdrawal".formatted(change), Map.of()));
            var approved = CompletableFuture.supplyAsync(
                    () -> meanwhile(together, "carla", "/api/v1/changes/%s/approval".formatted(change), approve(true)));

            List<ResponseEntity<JsonNode>> answers = List.of(withdrawn.join(), approved.join());
            assertThat(answers)
                    .extracting(ResponseEntity::getStatusCode)
                    .containsExactlyInAnyOrder(HttpStatus.NO_CONTENT, HttpStatus.CONFLICT);
            boolean withdrawal = withdrawn.join().getStatusCode() == HttpStatus.NO_CONTENT;
            ResponseEntity<JsonNode> lost = answers.get(withdrawal ? 1 : 0);
            assertThat(lost.getBody().path("detail").asText()).matches("Somebody else .*|This change does not wait .*");
            assertThat(records(change, "DECIDED")).hasSize(withdrawal ? 0 : 1);
            JsonNode view = get("andrea", "/api/v1/changes/" + change).getBody();
            assertThat(view.at("/change/state").asText().equals("WITHDRAWN")).isEqualTo(withdrawal);
            assertThat(view.path("problems")).isEmpty();
        }
    }

    private ResponseEntity<JsonNode> meanwhile(
            CyclicBarrier together, String user, String path, Map<String, Object> body) {
        try {
            together.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return post(user, path, body);
    }

    @Test
    void shouldWithdrawNoChangeThatHasWritten() {
        String change = start("olivia").getBody().path("id").asText();
        audit.write(new AuditRecord(
                RecordKind.OBJECT, change, "mesh1", "Install", null, "cluster1", "Secret x", "CREATED", null, null));

        ResponseEntity<JsonNode> own = post("olivia", "/api/v1/changes/%s/withdrawal".formatted(change), Map.of());

        assertThat(own.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(own.getBody().path("detail").asText()).contains("has written to its clusters");
        assertThat(get("andrea", "/api/v1/changes/" + change)
                        .getBody()
                        .at("/change/ended")
                        .isNull())
                .isTrue();
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from=yesterday|query, from: expected a time such as 2026-01-31T12:00:00Z, found 'yesterday'.",
                "until=1|query, until: expected a time such as 2026-01-31T12:00:00Z, found '1'.",
                "form=x|query, form: expected one of [mesh, cluster, person, outcome, from, until, state, process, exceptProcess], found no such field.",
                "state=frob|query, state: expected one of [SUSPENDED,",
                "mesh=a&mesh=b|query, mesh: expected each parameter once, found it again.",
                "person=a%00b|query, person: expected a text without control characters, found U+0000 as character 2."
            })
    void shouldRefuseAQueryThatItWouldNotAnswer(String query, String words) throws Exception {
        URI address = new URI(http.getRootUri() + "/api/changes?" + query);

        ResponseEntity<JsonNode> answer =
                http.withBasicAuth("andrea", DemoUsers.PASSWORD).getForEntity(address, JsonNode.class);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer.getBody().path("findings"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.asText()).startsWith(words));
        assertThat(answer.getBody().path("moreFindings").asInt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=%2B999999999-12-31T23:59:59Z",
                "until=-999999999-01-01T00:00:00Z",
                "cluster=%25",
                "cluster=_",
                "cluster=%5C",
                "person=%27"
            })
    void shouldFindNothingThatNobodyAskedFor(String query) throws Exception {
        start("olivia");

        ResponseEntity<JsonNode> answer = http.withBasicAuth("andrea", DemoUsers.PASSWORD)
                .getForEntity(new URI(http.getRootUri() + "/api/changes?" + query), JsonNode.class);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(answer.getBody()).isEmpty();
    }

    /** As long as its form lets it be, by the form as by every other way; and a refused decision leaves the task. */
    @ParameterizedTest
    @ValueSource(strings = {"complete", "submit-form"})
    void shouldJudgeACommentHoweverItIsSent(String way) {
        String change = start("olivia").getBody().path("id").asText();
        String task = get("carla", "/api/changes/%s/now".formatted(change))
                .getBody()
                .findValuesAsText("task")
                .get(0);
        Map<String, Object> decision = Map.of("approved", true, "comment", "x".repeat(2_001));
        Map<String, Object> number = Map.of("approved", true, "comment", 7);
        String tooLong = "request, comment: expected at most 2000 characters, found 2001 characters. Shorten it.";

        ResponseEntity<JsonNode> byApi = post(
                "carla",
                "/api/changes/%s/approval".formatted(change),
                Map.of("approved", true, "planDigest", "sha256:0123", "comment", "x".repeat(2_001)));
        EngineRest carla = EngineRest.as(http, "carla");
        carla.post("/task/%s/claim".formatted(task), Map.of("userId", "carla"));
        ResponseEntity<JsonNode> byEngine =
                carla.post("/task/%s/%s".formatted(task, way), EngineRest.variables(decision));
        ResponseEntity<JsonNode> noText = carla.post("/task/%s/%s".formatted(task, way), EngineRest.variables(number));

        assertThat(byApi.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(byApi.getBody().path("findings"))
                .extracting(JsonNode::asText)
                .containsExactly(tooLong);
        assertThat(byEngine.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(byEngine.getBody().path("message").asText()).endsWith(tooLong);
        assertThat(noText.getBody().path("message").asText())
                .endsWith("request, comment: expected a text, found the number 7. Put it in quotes.");
        assertThat(carla.get("/task/" + task).getStatusCode()).isEqualTo(HttpStatus.OK);
    }

    @Test
    void shouldReadNoBodyOfAnyLength() {
        Map<String, Object> body = Map.of("process", "gated-change", "reason", "x".repeat(10 * 1024 * 1024));

        ResponseEntity<JsonNode> answer = post("olivia", "/api/changes", body);
        ResponseEntity<JsonNode> byEngine =
                EngineRest.as(http, "olivia").post("/process-definition/key/gated-change/start", body);

        assertThat(List.of(answer, byEngine)).allSatisfy(refused -> {
            assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.PAYLOAD_TOO_LARGE);
            assertThat(refused.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
            assertThat(refused.getBody().path("detail").asText()).contains("at most 1048576 bytes");
        });
    }

    /** Of filters, of Camunda's servlets and of Tomcat itself. */
    @ParameterizedTest
    @CsvSource({
        "GET, /engine-rest/nosuch, 404",
        "GET, /engine-rest/task?maxResults=-5, 400",
        "GET, /engine-rest/job?firstResult=abc, 400",
        "POST, /engine-rest/group/create, 400",
        "GET, /engine-rest/task/nosuch, 404",
        "DELETE, /engine-rest/task/count, 405",
        "POST, /engine-rest/task/nosuch/complete, 404",
        "GET, /camunda/api/engine/engine/default/task, 401",
        "GET, /changes/data/nosuch, 401",
        "DELETE, /api/changes, 405",
        "GET, /nosuch, 401",
        "GET, /api/nosuch, 404",
    })
    void shouldAnswerEveryErrorAsAProblem(HttpMethod method, String path, int status) {
        String user = path.startsWith("/camunda") ? "nobody" : "admin";
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);

        ResponseEntity<JsonNode> answer = http.withBasicAuth(user, DemoUsers.PASSWORD)
                .exchange(path, method, new HttpEntity<>("{}", headers), JsonNode.class);

        assertThat(answer.getStatusCode().value()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer.getBody().path("title").asText()).isNotBlank();
        assertThat(answer.getBody().path("status").asInt()).isEqualTo(status);
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
                .readTree(http.withBasicAuth("olivia", DemoUsers.PASSWORD)
                        .getForObject("/api/v1/openapi.yaml", String.class));
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
        return http.withBasicAuth(user, DemoUsers.PASSWORD).getForEntity(path, JsonNode.class);
    }

    private ResponseEntity<JsonNode> post(String user, String path, Object body) {
        return http.withBasicAuth(user, DemoUsers.PASSWORD).postForEntity(path, body, JsonNode.class);
    }
}

package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.DemoUsers;
import io.meshspan.declared.MeshDeclarations;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import io.meshspan.verification.CallLatency;
import io.meshspan.verification.VerificationHistory;
import io.meshspan.verification.VerificationRun;
import io.meshspan.verification.VerificationRun.ClusterPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.identity.User;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/**
 * Every operation that openapi.yaml describes is asked for every answer that it describes, and answers so. Its evidence key is
 * its own, for it is taken away for a moment.
 */
@WebApplicationTest
@TestPropertySource(
        properties = {
            "meshspan.trust.keystore=${java.io.tmpdir}/meshspan-openapi/root-ca.p12",
            // Its own database: with that of other contexts, each engine would execute the other's jobs.
            "spring.datasource.url=jdbc:h2:mem:openapi"
        })
class OpenApiIT {

    private static final String DIGEST = "sha256:0123";

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private IdentityService identity;

    @Autowired
    private UnreachableApiServer cluster;

    @Autowired
    private ObjectMapper json;

    @Autowired
    private MeshDeclarations declarations;

    @Autowired
    private VerificationHistory history;

    @Value("${meshspan.trust.keystore}")
    private Path keystore;

    @Autowired
    private JdbcClient database;

    private OpenApi api;
    private String root = "";

    @BeforeEach
    void nobodyHasNoRole() throws IOException {
        api = new OpenApi();
        User nobody = identity.newUser("nobody");
        nobody.setPassword(DemoUsers.PASSWORD);
        identity.saveUser(nobody);
        cluster.breakAgain();
    }

    @AfterEach
    void end() {
        identity.deleteUser("nobody");
        runtime.createProcessInstanceQuery()
                .rootProcessInstances()
                .list()
                .forEach(i -> runtime.deleteProcessInstance(i.getId(), "end of test"));
    }

    @Test
    void shouldAnswerAsDescribedWhateverIsAsked() throws IOException {
        takenOver();
        for (String version : new String[] {"/api", "/api/v1"}) {
            root = version;
            cluster.breakAgain();
            readings();
            asking();
            approving();
            goingOn();
            meshes();
        }
        withdrawing();
        drift();
        verifications();
        parts();
        waiting();
        keys();
        addressesAndMethods();

        assertThat(api.seen()).containsAll(described());
    }

    /** Clusters that answer are needed to take a mesh over: MeshesApiIT has them. */
    private Set<String> described() {
        Set<String> all = api.described();
        all.removeIf(answer -> answer.matches("POST /api(/v1)?/meshes 20[01]"));
        all.removeIf(answer -> answer.matches("POST /api/v1/meshes/\\{mesh}/drift (200|503)"));
        return all;
    }

    private void takenOver() {
        ClusterName cluster = new ClusterName("cluster1");
        declarations.takenOver(
                new Mesh(
                        new MeshId("declared"),
                        Topology.MIXED,
                        IstioVersion.parse("1.30.3"),
                        List.of(Member.primary(cluster, new NetworkName("network1")))),
                List.of("ab"),
                "olivia");
    }

    /** The mesh was only taken over, so nothing says how it should be. */
    private void drift() throws IOException {
        String path = "/api/v1/meshes/declared/drift";
        get("andrea", path, 200);
        get("andrea", "/api/v1/meshes/nosuch/drift", 404);
        closed(path);
        post("stranger", path, Map.of(), 401);
        post("nobody", path, Map.of(), 403);
        post("olivia", "/api/v1/meshes/nosuch/drift", Map.of(), 404);
        post("olivia", path, Map.of(), 409);
    }

    private void verifications() throws IOException {
        VerificationRun run = history.add(new VerificationRun(
                0,
                "declared",
                Instant.EPOCH,
                VerificationRun.Result.FAILED,
                VerificationHistory.SCHEDULE,
                "change1",
                "cluster2 never answered",
                12,
                2,
                List.of(
                        new ClusterPair("cluster1", "cluster1", true, null, 12, 10, 2, new CallLatency(900, 12_345)),
                        new ClusterPair("cluster1", "cluster2", false, "no answer in 12 calls", 12, 0, 2, null))));
        history.add(VerificationRun.without(
                "declared",
                Instant.EPOCH,
                VerificationRun.Result.SKIPPED,
                VerificationHistory.SCHEDULE,
                null,
                "a change holds the mesh"));
        String path = "/api/v1/meshes/declared/verifications";
        JsonNode first = json.readTree(get("andrea", path + "?limit=1", 200).getBody());
        assertThat(first.path("items"))
                .singleElement()
                .matches(each -> each.path("result").asText().equals("SKIPPED"));
        JsonNode rest = json.readTree(
                get("andrea", path + "?cursor=" + first.path("next").asText(), 200)
                        .getBody());
        assertThat(rest.path("items")).hasSize(1);
        assertThat(rest.path("next").isNull()).isTrue();
        get("andrea", path + "?limit=0", 400);
        get("andrea", path + "?cursor=bm9zdWNo", 400);
        get("andrea", "/api/v1/meshes/nosuch/verifications", 404);
        closed(path);
        JsonNode one = json.readTree(get("andrea", path + "/" + run.id(), 200).getBody());
        assertThat(one.path("pairs").path(0).path("slowestMs").asDouble()).isEqualTo(12.345);
        assertThat(one.path("pairs").path(1).path("medianMs").isNull()).isTrue();
        get("andrea", path + "/nosuch", 404);
        get("andrea", path + "/999999", 404);
        closed(path + "/" + run.id());
    }

    private void meshes() throws IOException {
        get("andrea", root + "/meshes", 200);
        get("andrea", root + "/meshes/declared", 200);
        get("andrea", root + "/meshes/nosuch", 404);
        closed(root + "/meshes");
        closed(root + "/meshes/declared");
        post("olivia", root + "/meshes", Map.of("clusters", List.of("nowhere")), 400);
        bodies(root + "/meshes", Map.of("clusters", List.of("cluster1")));
    }

    private void readings() throws IOException {
        String change = id(post("olivia", root + "/changes", Map.of("process", "gated-change"), 201));
        get("olivia", root + "/changes?outcome=running&from=2026-01-31T12:00:00Z", 200);
        get("olivia", root + "/changes?from=yesterday", 400);
        get("olivia", root + "/changes?form=2026-01-31T12:00:00Z", 400);
        for (String path : new String[] {"", "/now", "/plans", "/evidence"}) {
            get("carla", root + "/changes/" + change + path, 200);
            get("carla", root + "/changes/nosuch" + path, 404);
            closed(root + "/changes/" + change + path);
        }
        get("andrea", root + "/evidence-key", 200);
        get("andrea", root + "/openapi.yaml", 200);
        get("andrea", "/api/v1/schemas/mesh-file", 200);
        closed("/api/v1/schemas/mesh-file");
        closed(root + "/changes");
        closed(root + "/evidence-key");
        closed(root + "/openapi.yaml");
        withoutEvidenceKey(change);
    }

    private void withoutEvidenceKey(String change) throws IOException {
        Path key = keystore.resolveSibling("evidence.p12");
        Path away = Files.move(key, key.resolveSibling("evidence.p12.away"));
        try {
            get("andrea", root + "/evidence-key", 503);
            get("andrea", root + "/changes/%s/evidence".formatted(change), 503);
        } finally {
            Files.move(away, key);
        }
    }

    private void closed(String path) throws IOException {
        get("nobody", path, 403);
        get("stranger", path, 401);
    }

    private void asking() throws IOException {
        post("olivia", root + "/changes", Map.of("process", 5), 400);
        post("carla", root + "/changes", Map.of("process", "gated-change"), 403);
        post("olivia", root + "/changes", Map.of("process", "nosuch"), 404);
        bodies(root + "/changes", Map.of("process", "gated-change"));
    }

    /** What every operation with a body says to those that cannot be one. */
    private void bodies(String path, Map<String, Object> body) throws IOException {
        post("stranger", path, body, 401);
        post("nobody", path, body, 403);
        post("olivia", path, Map.of("process", "x".repeat(2 * 1024 * 1024)), 413);
        asked(HttpMethod.POST, "olivia", path, MediaType.TEXT_PLAIN, "approved", 415);
        asked(HttpMethod.POST, "olivia", path, MediaType.APPLICATION_JSON, "[]", 400);
    }

    private void approving() throws IOException {
        String change = id(post("olivia", root + "/changes", Map.of("process", "gated-change"), 201));
        String path = root + "/changes/%s/approval".formatted(change);
        Map<String, Object> body = Map.of("approved", true, "planDigest", DIGEST);
        bodies(path, body);
        post("carla", path, Map.of("approved", true), 400);
        post("carla", root + "/changes/nosuch/approval", body, 404);
        post("carla", path, Map.of("approved", true, "planDigest", "sha256:4567"), 409);
        decidedOnce("carla", path, body, Map.of("approved", false, "comment", "no"));
    }

    private void withdrawing() throws IOException {
        String change = id(post("olivia", "/api/v1/changes", Map.of("process", "gated-change"), 201));
        String path = "/api/v1/changes/%s/withdrawal".formatted(change);
        bodies(path, Map.of());
        post("carla", path, Map.of(), 403);
        post("olivia", "/api/v1/changes/nosuch/withdrawal", Map.of(), 404);
        decidedOnce("olivia", path, Map.of("comment", "the wrong mesh"), Map.of());
        post("olivia", path, Map.of(), 409);
    }

    /** A pipeline that lost the answer sends the same request again. */
    private void decidedOnce(String user, String path, @Nullable Object body, @Nullable Object other)
            throws IOException {
        HttpHeaders key = new HttpHeaders();
        key.setContentType(MediaType.APPLICATION_JSON);
        key.set("Idempotency-Key", path);
        for (String replayed : List.of("false", "true")) {
            ResponseEntity<String> answer = asked(HttpMethod.POST, user, path, key, body, 204);
            assertThat(answer.getHeaders().getFirst("Idempotency-Replayed")).isEqualTo(replayed);
        }
        if (path.startsWith("/api/v1")) {
            String elsewhere = other == null ? path.replaceFirst("retries/", "retries/no") : path;
            asked(HttpMethod.POST, user, elsewhere, key, other, 422);
        }
    }

    private void goingOn() throws IOException {
        String change = id(post("olivia", root + "/changes", Map.of("process", "stuck-change"), 201));
        String retry = root + "/changes/%s/retries/%s".formatted(change, job(change));
        for (String path : new String[] {retry, retry + "/decision"}) {
            post("stranger", path, null, 401);
            post("carla", path, null, 403);
            post("olivia", path.replace(change, "nosuch"), null, 404);
            post("olivia", path.replace("retries/", "retries/no"), null, 409);
        }
        decidedOnce("olivia", retry, null, null);
        String decision = root + "/changes/%s/retries/%s/decision".formatted(change, job(change));
        cluster.mend();
        decidedOnce("olivia", decision, null, null);
        String task = json.readTree(get("olivia", root + "/changes/%s/now".formatted(change), 200)
                        .getBody())
                .path(0)
                .path("task")
                .asText();
        String path = root + "/changes/%s/decisions/%s".formatted(change, task);
        Map<String, Object> body = Map.of("decision", "stop", "comment", "it will not come back");
        bodies(path, body);
        post("olivia", path.replace(change, "nosuch"), body, 404);
        post("olivia", path + "x", body, 409);
        post("olivia", path, Map.of("decision", "stop", "undecided", true), 400);
        if (root.endsWith("v1")) {
            question(change, task);
        }
        decidedOnce("olivia", path, body, Map.of("decision", "retry"));
    }

    private void question(String change, String task) throws IOException {
        String path = "/api/v1/changes/%s/decisions/%s".formatted(change, task);
        JsonNode asked = json.readTree(get("andrea", path, 200).getBody());
        assertThat(asked.path("title").asText()).isNotBlank();
        assertThat(asked.path("fields").findValuesAsText("name")).contains("decision", "comment");
        assertThat(asked.path("fields").path(0).path("offered").toString()).contains("retry", "stop");
        get("andrea", path + "x", 409);
        get("andrea", path.replace(change, "nosuch"), 404);
        closed(path);
    }

    private String job(String change) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> json.readTree(now(change)).path(0).path("fault"),
                        fault -> fault.path("attemptsLeft").asInt(1) == 0)
                .path("job")
                .asText();
    }

    /** It is on record once its first step has run. */
    private String now(String change) {
        String path = root + "/changes/%s/now".formatted(change);
        return Objects.requireNonNullElse(
                asked(HttpMethod.GET, "olivia", path, MediaType.APPLICATION_JSON, null)
                        .getBody(),
                "");
    }

    /** What is not described is answered in the same form as what is. */
    private void parts() throws IOException {
        for (String path : new String[] {"/api/v1/changes", "/api/v1/meshes"}) {
            get("andrea", path + "?limit=1", 200);
            get("andrea", path + "?limit=0", 400);
            get("andrea", path + "?cursor=bm9zdWNo", 400);
        }
        String change = id(post("olivia", "/api/v1/changes", Map.of("process", "gated-change"), 201));
        get("andrea", "/api/v1/changes/%s/plans?limit=1".formatted(change), 200);
        get("andrea", "/api/v1/changes/%s/plans?limit=many".formatted(change), 400);
    }

    private void waiting() throws IOException {
        String change = id(post("olivia", "/api/v1/changes", Map.of("process", "gated-change"), 201));
        String path = "/api/v1/changes/" + change;
        get("andrea", path + "?wait=61s", 400);
        String version =
                Objects.requireNonNull(get("andrea", path, 200).getHeaders().getETag());
        HttpHeaders known = new HttpHeaders();
        known.setIfNoneMatch(version);
        asked(HttpMethod.GET, "andrea", path + "?wait=1s", known, null, 304);
    }

    private void keys() throws IOException {
        HttpHeaders key = new HttpHeaders();
        key.setContentType(MediaType.APPLICATION_JSON);
        key.set("Idempotency-Key", "one");
        Map<String, Object> body = Map.of("process", "gated-change");
        ResponseEntity<String> first = asked(HttpMethod.POST, "olivia", "/api/v1/changes", key, body, 201);
        ResponseEntity<String> again = asked(HttpMethod.POST, "olivia", "/api/v1/changes", key, body, 201);
        assertThat(again.getBody()).isEqualTo(first.getBody());
        assertThat(again.getHeaders().getFirst("Idempotency-Replayed")).isEqualTo("true");
        asked(HttpMethod.POST, "olivia", "/api/v1/changes", key, Map.of("process", "stuck-change"), 422);
        database.sql("update MESHSPAN_IDEMPOTENCY_KEY set CHANGE_ID = null").update();
        asked(HttpMethod.POST, "olivia", "/api/v1/changes", key, body, 409);
    }

    private void addressesAndMethods() throws IOException {
        messages();
        for (String path : new String[] {"/api/nosuch", "/api/changes/a/b/c"}) {
            problem(asked(HttpMethod.GET, "olivia", path, MediaType.APPLICATION_JSON, null), 404);
        }
        ResponseEntity<String> method =
                asked(HttpMethod.DELETE, "olivia", "/api/changes", MediaType.APPLICATION_JSON, null);
        problem(method, 405);
        assertThat(method.getHeaders().getAllow()).contains(HttpMethod.GET, HttpMethod.POST);
        problem(asked(HttpMethod.PUT, "olivia", "/api/evidence-key", MediaType.APPLICATION_JSON, "{}"), 405);
    }

    /** What a message names exists: an address with its version, the processes, the type of the answer, the cursor as sent. */
    private void messages() throws IOException {
        assertThat(get("andrea", "/api/v1/changes/nosuch", 404).getBody()).contains("GET /api/v1/changes");
        assertThat(get("andrea", "/api/v1/meshes/nosuch", 404).getBody()).contains("GET /api/v1/meshes");
        assertThat(post("olivia", "/api/v1/changes", Map.of("process", "nosuch"), 404)
                        .getBody())
                .contains("expected one of", "gated-change");
        assertThat(get("andrea", "/api/v1/changes?cursor=bm9zdWNo", 400).getBody())
                .contains("found 'bm9zdWNo'");
        HttpHeaders accept = new HttpHeaders();
        accept.setAccept(List.of(MediaType.TEXT_HTML));
        ResponseEntity<String> answer = asked(HttpMethod.GET, "andrea", "/api/v1/openapi.yaml", accept, null);
        problem(answer, 406);
        assertThat(answer.getBody()).contains("answers as application/yaml");
    }

    private void problem(ResponseEntity<String> answer, int status) throws IOException {
        assertThat(answer.getStatusCode().value()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.getHeaders().getContentType()).hasToString("application/problem+json");
        assertThat(api.violations("#/components/schemas/Problem", json.readTree(answer.getBody())))
                .isEmpty();
    }

    private String id(ResponseEntity<String> started) throws IOException {
        return json.readTree(started.getBody()).path("id").asText();
    }

    private ResponseEntity<String> get(String user, String path, int status) throws IOException {
        return asked(HttpMethod.GET, user, path, MediaType.APPLICATION_JSON, null, status);
    }

    private ResponseEntity<String> post(String user, String path, @Nullable Object body, int status)
            throws IOException {
        return asked(HttpMethod.POST, user, path, MediaType.APPLICATION_JSON, body, status);
    }

    private ResponseEntity<String> asked(
            HttpMethod method, String user, String path, MediaType type, @Nullable Object body, int status)
            throws IOException {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(type);
        return asked(method, user, path, headers, body, status);
    }

    private ResponseEntity<String> asked(
            HttpMethod method, String user, String path, HttpHeaders headers, @Nullable Object body, int status)
            throws IOException {
        ResponseEntity<String> answer = asked(method, user, path, headers, body);
        String told = "%s %s as %s: %s".formatted(method, path, user, answer);
        assertThat(answer.getStatusCode().value()).as(told).isEqualTo(status);
        assertThat(api.differences(
                        method.name(),
                        path,
                        status,
                        String.valueOf(answer.getHeaders().getContentType()),
                        Objects.requireNonNullElse(answer.getBody(), "")))
                .as(told)
                .isEmpty();
        return answer;
    }

    private ResponseEntity<String> asked(
            HttpMethod method, String user, String path, MediaType type, @Nullable Object body) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(type);
        return asked(method, user, path, headers, body);
    }

    private ResponseEntity<String> asked(
            HttpMethod method, String user, String path, HttpHeaders headers, @Nullable Object body) {
        return http.withBasicAuth(user, DemoUsers.PASSWORD)
                .exchange(path, method, new HttpEntity<>(body, headers), String.class);
    }
}

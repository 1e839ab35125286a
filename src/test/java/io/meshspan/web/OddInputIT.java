package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.meshspan.DemoUsers;
import io.meshspan.MeshspanApplication;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Odd values under odd names by every way in, on PostgreSQL, which cannot store all that Java can. Whatever comes is taken or
 * refused in words: never a defect, never a class, never a parser's words, never more than a person can read.
 */
@ActiveProfiles("demo")
@DirtiesContext // its database ends with the process
@Import(TwoClusters.class)
@SpringBootTest(
        classes = MeshspanApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "camunda.bpm.job-execution.enabled=false",
            "camunda.bpm.deployment-resource-pattern=classpath*:processes/*.bpmn,classpath*:forms/*.form,classpath*:web/*.bpmn"
        })
@Tag("slow")
class OddInputIT {

    /** Another one finds other things; a failure names the request, so it need not be repeated by chance. */
    private static final long SEED = Long.getLong("meshspan.test.seed", 20);

    private static final int TIMES = 60;

    private static final Pattern CODE = Pattern.compile(
            "\\b([a-z]\\w*\\.){2,}[A-Z]\\w*|\\w+Exception\\b|\\btoken\\b|<block|Unrecognized|ENGINE-\\d|SQL|\\bnull pointer");

    private static final List<Object> VALUES = values();

    private static final List<String> NAMES = List.of(
            "meshId",
            "istioVersion",
            "clusters",
            "primary",
            "hub",
            "tag",
            "revision",
            "keepSample",
            "meshFile",
            "reason",
            "urgent",
            "takeOut",
            "join",
            "role",
            "controlPlane",
            "approved",
            "comment",
            "decision",
            "planDigest",
            "initiator",
            "topology",
            "mesh",
            "process",
            "",
            " ",
            "\u0000",
            "\uD800",
            "a.b[0]",
            "${x}",
            "n".repeat(300),
            "variables.x.value");

    private static final EmbeddedPostgres POSTGRES = postgres();

    private final Random random = new Random(SEED);
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature())
            .build();

    @LocalServerPort
    private int port;

    private static EmbeddedPostgres postgres() {
        try {
            return EmbeddedPostgres.start();
        } catch (IOException | IllegalStateException e) {
            return abort("PostgreSQL does not start here (as root it needs 'unshare'): " + e.getMessage());
        }
    }

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry settings) {
        settings.add("spring.datasource.url", () -> POSTGRES.getJdbcUrl("postgres", "postgres"));
        settings.add("spring.datasource.username", () -> "postgres");
    }

    private static List<Object> values() {
        Object nested = "x";
        for (int depth = 0; depth < 60; depth++) {
            nested = List.of(nested);
        }
        return List.of(
                NullNode.getInstance(),
                0,
                -1,
                1.5,
                new BigDecimal("1e400"),
                true,
                false,
                "",
                " ",
                "null",
                "true",
                "cluster1",
                "cluster1,cluster2",
                "mesh1",
                "1.30.3",
                "\u0000",
                "a\u0000b",
                "\u001B[31m",
                "\uD800",
                "\u202Egnp.exe",
                "\uFFFF",
                "line\nbreak\ttab",
                "x".repeat(5_000),
                "x,".repeat(50_000),
                "${identityService}",
                "'; drop table ACT_RU_TASK; --",
                "\\",
                "%",
                "a: b: c",
                "'': x",
                "a: &b c",
                "{\"\": 1}",
                "{\"meshId\": \"\\u0000\"}",
                List.of(),
                List.of("cluster1", "cluster2"),
                List.of(1, true),
                nested,
                Map.of(),
                Map.of("", 1),
                Map.of("meshId", "\u0000", "clusters", List.of(Map.of("", ""))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"install-mesh", "multi-primary", "remove-mesh", "verify-mesh", "gated-change", "nosuch"})
    void shouldJudgeTheBodyOfAChange(String process) {
        repeatedly(() -> {
            Map<String, Object> body = fields();
            body.putIfAbsent("process", process);
            return post("olivia", "/api/changes", body);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "submit-form"})
    void shouldJudgeTheVariablesOfAnInstance(String way) {
        repeatedly(() -> {
            Map<String, Object> body = new LinkedHashMap<>(Map.of("variables", variables()));
            if (random.nextInt(4) == 0) {
                body.put(any(List.of("businessKey", "caseInstanceId", "nosuch", "variables")), value());
            }
            String process = any(List.of(
                    "install-mesh",
                    "multi-primary",
                    "remove-mesh",
                    "verify-mesh",
                    "add-cluster",
                    "rotate-remote-tokens",
                    "upgrade-mesh",
                    "upgrade-in-place"));
            return post("olivia", "/engine-rest/process-definition/key/%s/%s".formatted(process, way), body);
        });
    }

    @Test
    void shouldJudgeDecisions() {
        String change = change();
        String task = task(change);
        repeatedly(() -> post("carla", "/api/changes/%s/approval".formatted(change), fields()));
        repeatedly(() -> post("olivia", "/api/changes/%s/decisions/%s".formatted(change, task), fields()));
        repeatedly(() -> post(
                "carla",
                "/engine-rest/task/%s/%s".formatted(task, any(List.of("complete", "submit-form"))),
                Map.of("variables", variables())));
        repeatedly(
                () -> post("carla", "/engine-rest/task/%s/comment/create".formatted(task), Map.of("message", value())));
        repeatedly(() -> post("carla", "/engine-rest/task/%s/claim".formatted(task), Map.of("userId", value())));
    }

    @Test
    void shouldJudgeQueriesAndAddresses() {
        List<String> names = List.of("mesh", "cluster", "person", "outcome", "from", "until", "form", "", "\u0000");
        repeatedly(() -> get(
                "andrea",
                "/api/changes?%s=%s&%s=%s".formatted(encoded(any(names)), text(), encoded(any(names)), text())));
        repeatedly(() -> get("andrea", "/api/changes/" + text()));
        repeatedly(() -> get("andrea", "/engine-rest/history/process-instance?processInstanceBusinessKey=" + text()));
        repeatedly(() -> get("carla", "/engine-rest/task?name=" + text()));
        repeatedly(() -> get("andrea", "/changes/data/changes?mesh=" + text()));
    }

    @Test
    void shouldJudgeWhoAsks() {
        List<String> doors = List.of("/api/changes", "/engine-rest/task", "/actuator/env");
        repeatedly(() -> send(request(any(doors), string(value()), string(value()))));
        for (String door : doors) {
            HttpResponse<String> answer = send(request(door, "olivia\u0000", DemoUsers.PASSWORD));
            check(answer);
            assertThat(answer.statusCode()).as(door).isEqualTo(401);
            assertThat(answer.body()).as(door).contains("There is no such user with this password");
        }
        repeatedly(() -> send(request("/sign-in", "olivia", DemoUsers.PASSWORD)
                .header("X-Requested-By", "changes")
                .POST(body(Map.of("user", value(), "password", value())))));
        repeatedly(() -> post(
                "admin",
                "/engine-rest/user/create",
                Map.of(
                        "profile",
                        Map.of("id", value(), "firstName", value(), "lastName", "x", "email", "x"),
                        "credentials",
                        Map.of("password", "correct horse battery staple"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/changes",
                "/engine-rest/process-definition/key/install-mesh/start",
                "/engine-rest/task/nosuch/complete",
                "/sign-in",
                "/camunda/api/engine/engine/default/process-definition/key/install-mesh/start"
            })
    void shouldJudgeBytesThatAreNoJson(String path) {
        List<byte[]> bodies = List.of(
                new byte[0],
                new byte[] {0},
                new byte[] {(byte) 0xC3, 0x28},
                bytes("{"),
                bytes("{}{}"),
                bytes("{\"process\": \"a\", \"process\": \"b\"}"),
                bytes("[".repeat(5_000)),
                bytes("[]"),
                bytes("null"),
                bytes("nul"),
                bytes("\"x\""),
                bytes("{\"variables\": []}"),
                bytes("{\"variables\": {\"reason\": 5}}"),
                bytes("{\"variables\": {\"reason\": {\"value\": 5, \"type\": \"Nosuch\"}}}"),
                bytes("{\"process\": " + "1".repeat(2_000) + "}"),
                bytes(IntStream.range(0, 2_000)
                        .mapToObj("\"f%d\": 1"::formatted)
                        .collect(Collectors.joining(",", "{", "}"))),
                bytes("{\"reason\": \"" + "x".repeat(2 * 1024 * 1024) + "\"}"));
        for (byte[] body : bodies) {
            for (String type : List.of("application/json", "text/plain", "application/x-www-form-urlencoded", "x")) {
                check(send(request(path, "olivia", DemoUsers.PASSWORD)
                        .setHeader("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(body))));
            }
        }
    }

    /** Whoever comes second is told so, wherever the database or the engine noticed: each round meets another point. */
    @RepeatedTest(10)
    void shouldSayThatARaceIsLost() {
        String task = task(change());
        assertThat(post("carla", "/engine-rest/task/%s/claim".formatted(task), Map.of("userId", "carla"))
                        .statusCode())
                .isEqualTo(204);

        List<HttpResponse<String>> answers = IntStream.range(0, 8)
                .parallel()
                .mapToObj(n -> post(
                        "carla",
                        "/engine-rest/task/%s/complete".formatted(task),
                        Map.of("variables", Map.of("approved", Map.of("value", true)))))
                .toList();

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 204).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() != 204)
                .hasSize(7)
                .allSatisfy(answer -> {
                    check(answer);
                    assertThat(answer.statusCode()).isIn(404, 409);
                });
    }

    private String change() {
        return parsed(post("olivia", "/api/changes", Map.of("process", "gated-change"))
                        .body())
                .path("id")
                .asText();
    }

    private String task(String change) {
        return parsed(get("carla", "/api/changes/%s/now".formatted(change)).body())
                .findValuesAsText("task")
                .get(0);
    }

    private void repeatedly(Supplier<HttpResponse<String>> asked) {
        IntStream.range(0, TIMES).forEach(n -> check(asked.get()));
    }

    private void check(HttpResponse<String> answer) {
        String told = "seed %d, %s %s: %d %s"
                .formatted(
                        SEED,
                        answer.request().method(),
                        answer.request().uri(),
                        answer.statusCode(),
                        answer.body().substring(0, Math.min(2_000, answer.body().length())));
        assertThat(answer.statusCode()).as(told).isLessThan(500);
        if (answer.statusCode() >= 400) {
            assertThat(answer.headers().firstValue("Content-Type"))
                    .as(told)
                    .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
            assertThat(answer.body()).as(told).hasSizeLessThan(100_000);
            words(answer.body(), told);
        }
    }

    private void words(String body, String told) {
        JsonNode problem = parsed(body);
        String detail = problem.path("detail").asText();
        assertThat(problem.path("title").asText()).as(told).isNotBlank();
        assertThat(detail + problem.path("findings") + problem.path("message"))
                .as(told)
                .doesNotContainPattern(CODE);
        assertThat(detail.chars().filter(c -> Character.isISOControl(c) && "\n\t\r".indexOf(c) < 0))
                .as(told)
                .isEmpty();
        assertThat(problem.path("findings"))
                .as(told)
                .allSatisfy(finding -> assertThat(finding.asText()).contains(": expected "));
    }

    private JsonNode parsed(String body) {
        try {
            return json.readTree(body);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + body, e);
        }
    }

    private Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        IntStream.range(0, random.nextInt(6)).forEach(n -> fields.put(any(NAMES), value()));
        return fields;
    }

    private Map<String, Object> variables() {
        Map<String, Object> variables = new LinkedHashMap<>();
        List<String> types = List.of(
                "String", "Json", "Integer", "Boolean", "Null", "Bytes", "Double", "Date", "File", "Object", "Nosuch");
        fields().forEach((name, value) -> {
            Map<String, Object> variable = new LinkedHashMap<>(Map.of("value", value));
            if (random.nextBoolean()) {
                variable.put("type", any(types));
            }
            variables.put(name, variable);
        });
        return variables;
    }

    private Object value() {
        return any(VALUES);
    }

    private String text() {
        return encoded(string(value()));
    }

    private static String string(Object value) {
        String text = String.valueOf(value);
        return text.substring(0, Math.min(5_000, text.length()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private HttpResponse<String> get(String user, String path) {
        return send(request(path, user, DemoUsers.PASSWORD));
    }

    private HttpResponse<String> post(String user, String path, Object body) {
        return send(request(path, user, DemoUsers.PASSWORD).POST(body(body)));
    }

    private HttpRequest.BodyPublisher body(Object body) {
        try {
            return BodyPublishers.ofByteArray(json.writeValueAsBytes(body));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private HttpRequest.Builder request(String path, String user, String password) {
        String secret = Base64.getEncoder().encodeToString(bytes(user + ":" + password));
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Basic " + secret)
                .header("Content-Type", "application/json");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer from " + request.build(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

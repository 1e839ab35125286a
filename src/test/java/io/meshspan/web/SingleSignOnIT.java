package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.meshspan.cli.MeshspanCommand;
import io.meshspan.engine.identity.ExternalPerson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** People and pipelines whom two identity providers name, on a real OpenID Connect server. */
@WebApplicationTest
class SingleSignOnIT {

    private static final SimulatedProvider IDP = provider();
    private static final List<String> OPERATORS = List.of("mesh-ops");
    private static final List<String> EVERYTHING = List.of("mesh-ops", "mesh-approvers");
    private static final String DESK = "/camunda/app/tasklist/default/";

    @LocalServerPort
    private int port;

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private TaskService tasks;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private IdentityService identity;

    @Autowired
    private HistoryService history;

    private final StringWriter printed = new StringWriter();
    private FollowedLinks browser = new FollowedLinks(URI.create("http://127.0.0.1"));

    private static SimulatedProvider provider() {
        try {
            return new SimulatedProvider(false);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @DynamicPropertySource
    static void providers(DynamicPropertyRegistry settings) {
        settings.add("spring.datasource.url", () -> "jdbc:h2:mem:sso");
        settings.add("meshspan.login.refresh-every", () -> "1s");
        for (String name : List.of("corp", "partner")) {
            String at = "meshspan.login.providers." + name;
            settings.add(at + ".issuer", () -> IDP.issuer(name));
            settings.add(at + ".client-id", () -> SimulatedProvider.CLIENT);
            settings.add(at + ".client-secret", () -> "of the test");
            settings.add(at + ".audiences", () -> SimulatedProvider.AUDIENCE);
            settings.add(at + ".roles.operators", () -> "mesh-ops");
            settings.add(at + ".roles.change-managers", () -> "mesh-approvers");
            settings.add(at + ".roles.auditors", () -> "audit");
            settings.add(at + ".roles.administrators", () -> "mesh-admins");
        }
        settings.add("meshspan.login.providers.corp.display-name", () -> "Corp SSO");
        settings.add("meshspan.login.providers.gone.issuer", () -> "http://127.0.0.1:1/none");
        settings.add("meshspan.login.providers.gone.client-id", () -> "any");
    }

    @AfterAll
    static void stop() {
        IDP.close();
    }

    @BeforeEach
    void open() {
        browser = new FollowedLinks(URI.create("http://127.0.0.1:" + port));
    }

    @AfterEach
    void endTheChanges() {
        runtime.createProcessInstanceQuery()
                .rootProcessInstances()
                .list()
                .forEach(i -> runtime.deleteProcessInstance(i.getId(), "end of test"));
    }

    private HttpResponse<String> signIn(String provider) {
        return browser.follow("/oauth2/authorization/" + provider);
    }

    private JsonNode me(FollowedLinks in) {
        try {
            return new com.fasterxml.jackson.databind.ObjectMapper()
                    .readTree(in.get("/changes/data/me").body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String id(String provider, String subject) {
        return new ExternalPerson(IDP.issuer(provider), subject, "any", "", List.of()).id();
    }

    @Test
    void shouldSignInWithPkceStateAndNonceAndNoTokenInAnAddress() {
        IDP.corp().is("u-1", "Olivia Operator", OPERATORS);

        assertThat(signIn("corp").statusCode()).isEqualTo(200);

        assertThat(browser.visited().get(0).getQuery())
                .contains("code_challenge_method=S256", "state=", "nonce=", "response_type=code");
        assertThat(browser.visited().get(browser.visited().size() - 1).getPath())
                .isEqualTo(DESK);
        assertThat(browser.visited()).noneMatch(visited -> visited.toString().contains("eyJ"));
        assertThat(me(browser).path("name").asText()).isEqualTo("Olivia Operator");
        assertThat(me(browser).path("id").asText()).isEqualTo(id("corp", "u-1")).matches("[a-z0-9-]{28}");
        assertThat(browser.get("/camunda/api/engine/engine/default/task").statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldBeginANewSession() {
        IDP.corp().is("u-1", "Olivia Operator", OPERATORS);
        browser.get("/oauth2/authorization/corp");
        String planted = browser.cookie("JSESSIONID").orElseThrow();

        signIn("corp");

        assertThat(browser.cookie("JSESSIONID")).isPresent().get().isNotEqualTo(planted);
        FollowedLinks planter = new FollowedLinks(URI.create("http://127.0.0.1:" + port));
        planter.setSession(planted);
        assertThat(planter.get("/changes/data/me").statusCode()).isEqualTo(401);
    }

    @Test
    void shouldLeadOnToThePageOfALink() {
        IDP.corp().is("u-1", "Olivia Operator", OPERATORS);
        String task = DESK + "#/?task=4711&detailsTab=task-detail-form";

        browser.follow("/oauth2/authorization/corp?to=" + URLEncoder.encode(task, StandardCharsets.UTF_8));

        assertThat(browser.visited().get(browser.visited().size() - 1).toString())
                .endsWith(task);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.org/",
                "//evil.example.org/changes/",
                "/\\evil.example.org",
                "/changes/..//evil.example.org",
                "/changes/\\..\\..//evil.example.org",
                "/changes//evil.example.org",
                "javascript:alert(1)",
                "/engine-rest/task",
                "/changes/\r\nSet-Cookie:%20a=b"
            })
    void shouldLeadNowhereElse(String evil) {
        IDP.corp().is("u-1", "Olivia Operator", OPERATORS);

        browser.follow("/oauth2/authorization/corp?to=" + URLEncoder.encode(evil, StandardCharsets.UTF_8));

        assertThat(browser.visited().get(browser.visited().size() - 1).getPath())
                .isEqualTo(DESK);
        assertThat(browser.visited())
                .noneMatch(visited -> String.valueOf(visited.getHost()).contains("evil"));
    }

    @Test
    void shouldRefuseACallbackThatNobodyAskedFor() {
        browser.follow("/login/oauth2/code/corp?code=stolen&state=of-another");

        assertThat(browser.visited()).last().asString().endsWith("/?sign-in=again");
        assertThat(browser.get("/changes/data/me").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"of no role", "mesh-ops mesh-approvers", "MESH-OPS", "mesh-ops,mesh-approvers"})
    void shouldSayThatNoGroupHasARole(String group) {
        IDP.corp().is("u-none", "Nora", group);

        signIn("corp");

        assertThat(browser.visited()).last().asString().endsWith("/?sign-in=no-role");
        assertThat(browser.get("/changes/data/me").statusCode()).isEqualTo(401);
        assertThat(identity.createUserQuery().userId(id("corp", "u-none")).count())
                .isZero();
    }

    @Test
    void shouldTakeATextForOneGroupAndSurviveThousands() {
        IDP.corp().is("u-text", "Tess", "mesh-ops");
        signIn("corp");
        assertThat(me(browser).path("starts").asBoolean()).isTrue();

        IDP.corp()
                .is(
                        "u-many",
                        "Manny",
                        IntStream.range(0, 20_000)
                                .mapToObj(i -> i == 19_999 ? "audit" : "group-" + i)
                                .toList());
        open();
        signIn("corp");

        assertThat(me(browser).path("name").asText()).isEqualTo("Manny");
        assertThat(identity.getUserInfo(id("corp", "u-many"), "groups")).isEqualTo("auditors");
    }

    @Test
    void shouldSayThatAProviderDoesNotAnswerAndLetLocalUsersIn() {
        browser.follow("/oauth2/authorization/gone?to=/changes/");

        assertThat(browser.visited()).last().asString().endsWith("/?sign-in=silent&to=%2Fchanges%2F");
        assertThat(WebLogin.signIn(http, "olivia", io.meshspan.DemoUsers.PASSWORD)
                        .getStatusCode())
                .isEqualTo(HttpStatus.OK);
        assertThat(browser.get("/sign-in/choices").body())
                .contains("\"passwords\":\"everybody\"", "{\"id\":\"corp\",\"name\":\"Corp SSO\"}");
    }

    @Test
    void shouldGainAndLoseRolesWithTheGroupsOfTheProvider() throws InterruptedException {
        IDP.corp().is("u-2", "Rita", OPERATORS);
        signIn("corp");
        assertThat(me(browser).path("starts").asBoolean()).isTrue();

        IDP.corp().is("u-2", "Rita Renamed", List.of("audit"));
        afterTheNextRefresh();

        assertThat(me(browser).path("starts").asBoolean()).isFalse();
        assertThat(me(browser).path("name").asText()).isEqualTo("Rita Renamed");
        assertThat(browser.get("/camunda/api/cockpit/plugin/mesh-changes/static/app/plugin.js")
                        .statusCode())
                .isEqualTo(200);
        assertThat(browser.follow(DESK).uri().getPath()).contains("/cockpit/");
        assertThat(identity.createUserQuery().userId(id("corp", "u-2")).singleResult())
                .extracting(User::getFirstName)
                .isEqualTo("Rita Renamed");

        IDP.corp().is("u-2", "Rita Renamed", List.of());
        afterTheNextRefresh();

        assertThat(browser.get("/changes/data/changes").statusCode()).isEqualTo(403);
    }

    @Test
    void shouldEndWithTheSignInAtTheProvider() throws InterruptedException {
        IDP.corp().is("u-3", "Walter", OPERATORS);
        signIn("corp");
        IDP.corp().withdraw();
        afterTheNextRefresh();

        assertThat(browser.get("/changes/data/me").statusCode()).isEqualTo(401);
        browser.follow("/changes/");
        assertThat(browser.visited()).last().asString().endsWith("/?to=%2Fchanges%2F");
    }

    @Test
    void shouldEndIfTheProviderNamesSomebodyElse() throws InterruptedException {
        IDP.corp().is("u-3", "Walter", OPERATORS);
        signIn("corp");
        IDP.corp().is("u-4", "Walter", OPERATORS);
        afterTheNextRefresh();

        assertThat(browser.get("/changes/data/me").statusCode()).isEqualTo(401);
    }

    /** What the settings above say is one second. */
    private static void afterTheNextRefresh() throws InterruptedException {
        assertThat(new CountDownLatch(1).await(1050, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void shouldSignOutHereAndAtTheProviderWithoutATokenInAnAddress() {
        IDP.corp().is("u-1", "Olivia Operator", OPERATORS);
        signIn("corp");
        assertThat(new FollowedLinks(URI.create("http://127.0.0.1:" + port))
                        .post("/sign-out")
                        .statusCode())
                .isEqualTo(403);

        assertThat(browser.post("/sign-out").statusCode()).isEqualTo(204);

        assertThat(browser.get("/changes/data/me").statusCode()).isEqualTo(401);
        assertThat(browser.get("/sign-in/choices").body()).contains("\"signedOut\":{\"id\":\"corp\"");
        HttpResponse<String> form = browser.get("/sign-out/provider");
        assertThat(form.body())
                .contains("method=\"post\" action=\"" + IDP.issuer("corp") + "/endsession\"")
                .contains("name=\"id_token_hint\" value=\"eyJ")
                .contains("name=\"post_logout_redirect_uri\" value=\"http://127.0.0.1:" + port
                        + "/?sign-in=signed-out\"");
        assertThat(form.headers().firstValue("Cache-Control")).get().asString().contains("no-store");
        assertThat(browser.get("/sign-out/provider").statusCode()).isEqualTo(303);
    }

    @Test
    void shouldKeepNoPasswordForWhomAProviderNames() {
        IDP.corp().is("u-1", "Olivia Operator", EVERYTHING);
        signIn("corp");
        String id = id("corp", "u-1");

        assertThat(EngineRest.as(http, "admin")
                        .send(
                                HttpMethod.PUT,
                                "/user/%s/credentials".formatted(id),
                                Map.of("password", "chosen by an admin"))
                        .getStatusCode())
                .isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(EngineRest.as(http, "admin")
                        .send(HttpMethod.PUT, "/group/camunda-admin/members/" + id, Map.of())
                        .getStatusCode())
                .isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(identity.createGroupQuery().groupMember(id).list()).isEmpty();
        assertThat(WebLogin.signIn(http, id, "").getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
    }

    @Test
    void shouldTakeTwoNamesOfOneSubjectForOnePersonAndOneNameOfTwoProvidersForTwo() {
        IDP.corp().is("u-5", "Olivia Operator", EVERYTHING);
        signIn("corp");
        String token = bearer("corp", "u-5", Map.of("groups", EVERYTHING, "name", "Olivia Operator"));
        String change = started(token);
        String task = task();

        IDP.corp().is("u-5", "Olivia Married", EVERYTHING).with("preferred_username", "olivia.married");
        signIn("corp");
        String renamed = bearer("corp", "u-5", Map.of("groups", EVERYTHING, "name", "Olivia Married"));
        ResponseEntity<JsonNode> own = claim(renamed, task, id("corp", "u-5"));
        assertThat(own.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(own.getBody().path("message").asText()).contains("Olivia Married asked for this change");

        IDP.partner().is("u-5", "Olivia Operator", EVERYTHING);
        open();
        signIn("partner");
        String other = bearer("partner", "u-5", Map.of("groups", EVERYTHING, "name", "Olivia Operator"));
        assertThat(claim(other, task, id("partner", "u-5")).getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
        assertThat(post(other, "/task/%s/complete".formatted(task), approving()).getStatusCode())
                .isEqualTo(HttpStatus.NO_CONTENT);
        assertThat(String.valueOf(history.createHistoricVariableInstanceQuery()
                        .processInstanceId(change)
                        .variableName("approval")
                        .singleResult()
                        .getValue()))
                .contains("\"by\":\"" + id("partner", "u-5") + "\"");
    }

    /** Keycloak's lightweight tokens, for example: four eyes need the email wherever it stands. */
    @Test
    void shouldReadGroupsAndEmailThatOnlyTheUserInfoEndpointTells() throws InterruptedException {
        IDP.corp().is("u-7", "Ina", OPERATORS).with("email", "ina@corp.example").onlyByUserInfo("groups", "email");
        signIn("corp");
        assertThat(me(browser).path("starts").asBoolean()).isTrue();
        afterTheNextRefresh();
        assertThat(me(browser).path("starts").asBoolean()).isTrue();

        IDP.corp().is("u-8", "Eda", OPERATORS).with("email", "eda@corp.example").onlyByUserInfo("email");
        open();
        signIn("corp");

        assertThat(List.of("u-7", "u-8"))
                .extracting(subject -> identity.createUserQuery()
                        .userId(id("corp", subject))
                        .singleResult()
                        .getEmail())
                .containsExactly("ina@corp.example", "eda@corp.example");
    }

    @Test
    void shouldRefuseTheSameEmailOfAnotherProvider() {
        IDP.corp().is("u-6", "Emil", EVERYTHING).with("email", "emil@corp.example");
        signIn("corp");
        started(bearer("corp", "u-6", Map.of("groups", EVERYTHING, "name", "Emil", "email", "emil@corp.example")));
        IDP.partner().is("other", "E.", EVERYTHING).with("email", "Emil@corp.example");
        open();
        signIn("partner");

        ResponseEntity<JsonNode> claim = claim(
                bearer("partner", "other", Map.of("groups", EVERYTHING, "email", "Emil@corp.example", "name", "E.")),
                task(),
                id("partner", "other"));

        assertThat(claim.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(claim.getBody().path("message").asText()).contains("E. has the same email as Emil");
    }

    @Test
    void shouldLetAServiceAccountAskForAChangeAndNotDecide() {
        String pipeline = bearer("corp", "pipeline", Map.of("groups", EVERYTHING, "client_id", "deploy-pipeline"));
        started(EngineRest.as(http, "olivia"));

        assertThat(started(pipeline)).isNotEmpty();
        ResponseEntity<JsonNode> decided = claim(
                pipeline,
                tasks.createTaskQuery()
                        .taskDefinitionKey("Task_Approve")
                        .list()
                        .get(0)
                        .getId(),
                id("corp", "pipeline"));

        assertThat(decided.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(decided.getBody().path("message").asText()).contains("deploy-pipeline is a service account");
    }

    @Test
    void shouldServeTheCommandLineByTheTokenThatItsFileHasNow(@TempDir Path folder) throws IOException {
        Path token = folder.resolve("token");
        Map<String, Object> service = Map.of("groups", EVERYTHING, "client_id", "deploy-pipeline");
        write(token, bearer("corp", "pipeline", service));

        assertThat(commandLine(token, "apply", "-p", "gated-change", "-r", "a merge"))
                .isZero();
        String change = printed.toString().strip();
        assertThat(commandLine(token, "approve", change, "--plan", "sha256:0123"))
                .isEqualTo(4);
        write(token, bearer("corp", "another", service));
        assertThat(commandLine(token, "approve", change, "--plan", "sha256:0123"))
                .as("a service account decides on nobody's change")
                .isEqualTo(4);
        assertThat(commandLine(token, "withdraw", change)).isEqualTo(4);
        write(token, bearer("corp", "pipeline", Map.of("groups", List.of("other"))));
        assertThat(commandLine(token, "status", change)).isEqualTo(4);
        write(token, "Bearer no.such.token");
        assertThat(commandLine(token, "status", change)).isEqualTo(4);
        write(token, bearer("corp", "pipeline", service));
        assertThat(commandLine(token, "withdraw", change, "-c", "superseded")).isZero();
        assertThat(commandLine(token, "status", change, "--wait")).isEqualTo(7);
    }

    private static void write(Path token, String authorization) throws IOException {
        Files.writeString(token, authorization.replaceFirst("^Bearer ", ""));
    }

    private int commandLine(Path token, String... arguments) {
        printed.getBuffer().setLength(0);
        return MeshspanCommand.run(
                List.of(arguments),
                Map.of("MESHSPAN_SERVER", "http://127.0.0.1:" + port, "MESHSPAN_TOKEN_FILE", token.toString()),
                new PrintWriter(printed),
                new PrintWriter(new StringWriter()));
    }

    /** As pipelines begin, and as access tokens often say less than ID tokens. */
    @Test
    void shouldWriteDownOncePerSubjectWhoComesSeveralTimesAtOnceAndKeepTheNameOfASignIn() {
        String token = bearer("corp", "parallel", Map.of("groups", OPERATORS));
        assertThat(IntStream.range(0, 12)
                        .parallel()
                        .mapToObj(i -> get("/api/changes", token).getStatusCode())
                        .toList())
                .containsOnly(HttpStatus.OK);
        IDP.corp().is("parallel", "Petra", OPERATORS).with("email", "petra@corp.example");
        signIn("corp");

        assertThat(get("/api/changes", bearer("corp", "parallel", Map.of("groups", List.of("audit"))))
                        .getStatusCode())
                .isEqualTo(HttpStatus.OK);

        User petra = identity.createUserQuery().userId(id("corp", "parallel")).singleResult();
        assertThat(List.of(petra.getFirstName(), petra.getEmail())).containsExactly("Petra", "petra@corp.example");
        assertThat(identity.getUserInfo(petra.getId(), "groups")).isEqualTo("auditors");
    }

    @Test
    void shouldEndWithTheUserAndComeBackWithTheNextSignIn() {
        IDP.corp().is("u-8", "Dora", OPERATORS);
        signIn("corp");
        identity.deleteUser(id("corp", "u-8"));

        assertThat(browser.get("/changes/data/me").statusCode()).isEqualTo(401);
        signIn("corp");
        assertThat(me(browser).path("name").asText()).isEqualTo("Dora");
    }

    @Test
    void shouldLetCandidatesSeeTheirTasksAndNobodyElse() {
        started(bearer("corp", "pipeline", Map.of("groups", OPERATORS)));

        assertThat(count(bearer("corp", "c", Map.of("groups", List.of("mesh-approvers"))), "/task/count"))
                .isOne();
        assertThat(count(bearer("corp", "o", Map.of("groups", OPERATORS)), "/task/count"))
                .isZero();
        assertThat(count(bearer("corp", "a", Map.of("groups", List.of("audit"))), "/process-instance/count"))
                .isEqualTo(2);
    }

    @Test
    void shouldTakeTheGroupsOfEachTokenAndKeepNoSession() {
        ResponseEntity<String> api = get("/api/changes", bearer("corp", "p", Map.of("groups", OPERATORS)));

        assertThat(api.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(api.getHeaders().get(HttpHeaders.SET_COOKIE)).isNull();
        assertThat(get("/api/changes", bearer("corp", "p", Map.of("groups", List.of("other"))))
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(get("/actuator/env", bearer("corp", "p", Map.of("groups", List.of("mesh-admins"))))
                        .getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(get("/actuator/env", bearer("corp", "p", Map.of("groups", OPERATORS)))
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
    }

    @Test
    void shouldRefuseTokensThatAreNotForThisService() throws JOSEException {
        Map<String, Object> claims = Map.of("groups", OPERATORS);
        String good = bearer("corp", "p", claims);
        var named = SimulatedProvider.claims(good);
        SignedJWT symmetric = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), named);
        symmetric.sign(new MACSigner("of the test, with 32 bytes or more of it"));
        String[] parts = good.split("\\.", -1);

        assertThat(List.of(
                        IDP.token("corp", "p", List.of("another-service"), claims, 3600),
                        IDP.token("corp", "p", List.of(), claims, 3600),
                        IDP.token("stranger", "p", List.of(SimulatedProvider.AUDIENCE), claims, 3600),
                        IDP.token("corp", "p", List.of(SimulatedProvider.AUDIENCE), claims, -3600),
                        new PlainJWT(named).serialize(),
                        symmetric.serialize(),
                        parts[0] + "." + parts[1] + ".",
                        parts[0] + "." + parts[1] + "x." + parts[2],
                        "eyJ.a.b",
                        "none"))
                .allSatisfy(token -> {
                    ResponseEntity<String> answer = get("/api/changes", token);
                    assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
                    assertThat(answer.getBody())
                            .contains("The bearer token does not count here")
                            .doesNotContain(token);
                    assertThat(get("/engine-rest/task", token).getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
                });
        assertThat(http.getForEntity("/api/changes?access_token=" + good, String.class)
                        .getStatusCode())
                .isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(get("/changes/data/me", good).getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
    }

    @Test
    void shouldShowANameAsTextAndWithoutWhatMisleads() {
        IDP.corp().is("u-7", "<img src=x onerror=alert(1)>\u202egnp.\nadmin", OPERATORS);
        signIn("corp");

        assertThat(me(browser).path("name").asText()).isEqualTo("<img src=x onerror=alert(1)> gnp. admin");
        assertThat(browser.get("/changes/data/me").headers().firstValue("Content-Type"))
                .hasValue("application/json");
    }

    private static String bearer(String issuer, String subject, Map<String, Object> claims) {
        return IDP.token(issuer, subject, List.of(SimulatedProvider.AUDIENCE), claims, 3600);
    }

    private ResponseEntity<String> get(String path, String token) {
        return http.exchange(path, HttpMethod.GET, new HttpEntity<>(headers(token)), String.class);
    }

    private ResponseEntity<JsonNode> post(String token, String path, Object body) {
        return http.postForEntity("/engine-rest" + path, new HttpEntity<>(body, headers(token)), JsonNode.class);
    }

    private static HttpHeaders headers(String token) {
        HttpHeaders headers = new HttpHeaders();
        headers.setBearerAuth(token);
        return headers;
    }

    private String started(String token) {
        return post(token, "/process-definition/key/gated-change/start", Map.of("businessKey", "mesh1"))
                .getBody()
                .path("id")
                .asText();
    }

    private static void started(EngineRest as) {
        assertThat(as.start("gated-change").getStatusCode()).isEqualTo(HttpStatus.OK);
    }

    private ResponseEntity<JsonNode> claim(String token, String task, String user) {
        return post(token, "/task/%s/claim".formatted(task), Map.of("userId", user));
    }

    private int count(String token, String path) {
        return http.exchange("/engine-rest" + path, HttpMethod.GET, new HttpEntity<>(headers(token)), JsonNode.class)
                .getBody()
                .path("count")
                .asInt();
    }

    private String task() {
        return tasks.createTaskQuery()
                .taskDefinitionKey("Task_Approve")
                .singleResult()
                .getId();
    }

    private static Map<String, Object> approving() {
        return EngineRest.variables(Map.of("approved", true));
    }
}

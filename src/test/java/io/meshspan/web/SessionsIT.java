package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** A session gives nobody more than they have at the moment: users and groups are asked for with each request. */
@WebApplicationTest
class SessionsIT {

    private static final String PASSWORD = "not for long here";
    private static final List<String> READ = List.of(
            "/changes/data/me",
            "/changes/data/changes",
            "/start-forms/multi-primary.form",
            "/camunda/api/engine/engine/default/process-definition",
            "/camunda/api/tasklist/plugin/mesh-changes-tasks/static/app/plugin.js");
    private static final String ACTION = "/changes/actions/changes/any/retries/any";

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private IdentityService identity;

    private WebLogin emil =
            new WebLogin(new TestRestTemplate(), "", com.fasterxml.jackson.databind.node.NullNode.instance);

    @BeforeEach
    void emilIsAnOperator() {
        User user = identity.newUser("emil");
        user.setPassword(PASSWORD);
        identity.saveUser(user);
        identity.createMembership("emil", "operators");
        emil = WebLogin.of(http, "emil", PASSWORD);
        assertThat(statuses()).containsOnly(HttpStatus.OK);
        assertThat(act()).isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(byPassword("/api/changes")).isEqualTo(HttpStatus.OK);
    }

    @AfterEach
    void emilIsGone() {
        identity.deleteUser("emil");
    }

    @Test
    void shouldLoseEverythingWithTheUser() {
        identity.deleteUser("emil");

        assertThat(statuses()).containsOnly(HttpStatus.UNAUTHORIZED);
        assertThat(act()).isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(byPassword("/api/changes")).isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(byPassword("/engine-rest/task")).isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(emil.get("/camunda/app/tasklist/default/", String.class).getBody())
                .contains("Sign in - Meshspan");
    }

    /** Even if somebody of the same name comes later. */
    @Test
    void shouldNotComeBackWithAnotherUserOfTheSameName() {
        identity.deleteUser("emil");
        User another = identity.newUser("emil");
        another.setPassword("of somebody else");
        identity.saveUser(another);
        identity.createMembership("emil", "operators");

        assertThat(statuses()).containsOnly(HttpStatus.UNAUTHORIZED);
    }

    @Test
    void shouldLoseWhatTheGroupMay() {
        identity.deleteMembership("emil", "operators");

        assertThat(statuses().limit(3)).containsOnly(HttpStatus.FORBIDDEN);
        assertThat(act()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(byPassword("/api/changes")).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(emil.get("/camunda/api/engine/engine/default/process-definition", JsonNode.class)
                        .getBody())
                .isEmpty();
        assertThat(emil.get("/camunda/app/tasklist/default/", String.class).getBody())
                .contains("Camunda Welcome");
    }

    @Test
    void shouldEndWithAChangeOfThePassword() {
        User user = identity.createUserQuery().userId("emil").singleResult();
        user.setPassword("a new one, since the old one leaked");
        identity.saveUser(user);

        assertThat(statuses()).containsOnly(HttpStatus.UNAUTHORIZED);
    }

    private Stream<HttpStatusCode> statuses() {
        return READ.stream().map(path -> emil.get(path, String.class).getStatusCode());
    }

    private HttpStatusCode act() {
        return emil.send(HttpMethod.POST, ACTION, "").getStatusCode();
    }

    private HttpStatusCode byPassword(String path) {
        return http.withBasicAuth("emil", PASSWORD)
                .getForEntity(path, String.class)
                .getStatusCode();
    }
}

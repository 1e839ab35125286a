package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshspan.DemoUsers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** One way in for every role, which leads each to where they work. */
@WebApplicationTest
class SignInIT {

    private static final String TASKS = "/camunda/api/engine/engine/default/task";

    @Autowired
    private TestRestTemplate http;

    @ParameterizedTest
    @CsvSource({"olivia, tasklist", "carla, tasklist", "andrea, cockpit", "admin, tasklist"})
    void shouldLeadEachRoleToItsDesk(String user, String application) {
        WebLogin login = WebLogin.of(http, user);

        assertThat(login.answer().path("desk").asText()).isEqualTo("/camunda/app/%s/default/".formatted(application));
        assertThat(login.get(login.answer().path("desk").asText(), String.class).getBody())
                .contains("mesh-changes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/changes/",
                "/camunda/app/tasklist/default/",
                "/camunda/app/cockpit/default/",
                "/camunda/app/admin/default/",
                "/camunda/app/welcome/default/"
            })
    void shouldAskWhoeverIsNotSignedInOnThePageForAllRoles(String path) {
        ResponseEntity<String> page = http.getForEntity(path, String.class);

        assertThat(page.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(page.getBody()).contains("Sign in - Meshspan");
    }

    @ParameterizedTest
    @CsvSource({"olivia, wrong", "nobody, nobody", "'', ''"})
    void shouldSayThatUserOrPasswordIsWrongAndBeginNoSession(String user, String password) {
        ResponseEntity<JsonNode> answer = WebLogin.signIn(http, user, password);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(answer.getBody().path("detail").asText()).startsWith("There is no such user with this password");
        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer.getHeaders().get(HttpHeaders.SET_COOKIE)).isNull();
    }

    @Test
    void shouldTakeNoPasswordFromAFormOfAnotherSite() {
        assertThat(WebLogin.signInFromElsewhere(http, "olivia", DemoUsers.PASSWORD)
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sign-out", "/camunda/api/admin/auth/user/default/logout"})
    void shouldEndTheSessionInEveryApplication(String signOut) {
        WebLogin login = WebLogin.of(http, "olivia");
        assertThat(login.get(TASKS, JsonNode.class).getStatusCode()).isEqualTo(HttpStatus.OK);

        assertThat(login.post(signOut).getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);

        for (String path : List.of("/changes/data/me", TASKS)) {
            assertThat(login.get(path, JsonNode.class).getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
        }
    }

    /** Camunda's own filter ends the session: a page of another site could sign people out. */
    @ParameterizedTest
    @ValueSource(strings = {"/camunda/api/engine/engine/default/task", "/sign-out", "/changes/actions/nothing"})
    void shouldRefuseWhatAnotherSiteSendsAndLeaveTheSessionAlone(String path) {
        WebLogin login = WebLogin.of(http, "olivia");

        ResponseEntity<JsonNode> refused = login.postFromElsewhere(path);

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(refused.getBody().path("detail").asText()).contains("load the page again");
        assertThat(login.get("/changes/data/me", JsonNode.class).getStatusCode())
                .isEqualTo(HttpStatus.OK);
        assertThat(login.send(HttpMethod.POST, TASKS, Map.of()).getStatusCode()).isEqualTo(HttpStatus.OK);
    }

    /** A browser that somebody once gave a password for {@code /api} sends it for pages of other sites, too. */
    @ParameterizedTest
    @CsvSource({"cross-site, 403", "same-site, 403", "none, 400", "same-origin, 400"})
    void shouldTakeNoRequestByPasswordThatABrowserSendsForAnotherSite(String site, int status) {
        HttpHeaders headers = new HttpHeaders();
        headers.add("Sec-Fetch-Site", site);

        assertThat(http.withBasicAuth("olivia", DemoUsers.PASSWORD)
                        .postForEntity("/api/changes/any/approval", new HttpEntity<>(Map.of(), headers), JsonNode.class)
                        .getStatusCode()
                        .value())
                .isEqualTo(status);
    }

    /** They take passwords beside the sign-in page, and so beside its limits. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/api/admin/auth/user/default/login/tasklist",
                "/camunda/api/engine/engine/default/identity/verify"
            })
    void shouldCheckPasswordsOnTheSignInPageAlone(String path) {
        assertThat(WebLogin.of(http, "olivia").post(path).getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(EngineRest.as(http, "olivia")
                        .post("/identity/verify", Map.of("username", "admin", "password", "x"))
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
    }
}

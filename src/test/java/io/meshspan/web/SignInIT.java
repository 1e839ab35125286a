package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** One way in for every role, which leads each to where they work. */
@WebApplicationTest
class SignInIT {

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private IdentityService identity;

    /** After a wrong password the engine makes a user wait for some seconds. */
    @AfterEach
    void letOliviaInAgain() {
        identity.unlockUser("olivia");
    }

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
        ResponseEntity<JsonNode> answer = WebLogin.signIn(http, user, password, "X-Requested-By");

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(answer.getBody().path("detail").asText()).startsWith("There is no such user with this password");
        assertThat(answer.getHeaders().get(HttpHeaders.SET_COOKIE)).isNull();
    }

    @Test
    void shouldTakeNoPasswordFromAFormOfAnotherSite() {
        assertThat(WebLogin.signIn(http, "olivia", "olivia", "X-Nothing")
                        .getStatusCode()
                        .is4xxClientError())
                .isTrue();
    }

    @Test
    void shouldEndTheSession() {
        WebLogin login = WebLogin.of(http, "olivia");

        assertThat(login.post("/sign-out").getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);

        assertThat(login.get("/changes/data/me", JsonNode.class).getStatusCode())
                .isEqualTo(HttpStatus.UNAUTHORIZED);
    }
}

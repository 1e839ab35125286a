package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshspan.DemoUsers;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;

/** What each role sees and may do, and that nobody comes in without a password. */
@WebApplicationTest
class RolesIT {

    @Autowired
    private TestRestTemplate http;

    @ParameterizedTest
    @ValueSource(strings = {"/engine", "/engine/", "/task", "/engine/default/task", "/process-definition", "/user"})
    void shouldAskForAPassword(String path) {
        assertThat(new EngineRest(http).get(path).getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(new EngineRest(http.withBasicAuth("nobody", "wrong"))
                        .get(path)
                        .getStatusCode())
                .isEqualTo(HttpStatus.UNAUTHORIZED);
    }

    @ParameterizedTest
    @CsvSource({
        "olivia, gated-change, 200",
        "olivia, gated-preparation, 403",
        "carla, gated-change, 403",
        "andrea, gated-change, 403",
    })
    void shouldLetOnlyOperatorsStartAndOnlyWhatTheDiagramSays(String user, String process, int status) {
        ResponseEntity<JsonNode> answer = as(user).start(process);

        assertThat(answer.getStatusCode().value()).isEqualTo(status);
        if (status == 200) {
            as("admin")
                    .http()
                    .delete("/engine-rest/process-instance/"
                            + answer.getBody().path("id").asText());
        }
    }

    @Test
    void shouldShowTasksToTheirCandidatesAndRunningChangesToAuditors() {
        String change = as("olivia").start("gated-change").getBody().path("id").asText();

        assertThat(count("olivia", "/task/count")).isZero();
        assertThat(count("carla", "/task/count")).isOne();
        assertThat(count("andrea", "/process-instance/count")).isEqualTo(2);
        assertThat(count("carla", "/process-instance/count")).isZero();
        assertThat(count("andrea", "/history/process-instance/count")).isGreaterThanOrEqualTo(2);
        as("admin").http().delete("/engine-rest/process-instance/" + change);
    }

    @Test
    void shouldOfferTheFiltersOfTheRole() {
        assertThat(filters("carla")).containsExactlyInAnyOrder("Approvals waiting for me");
        assertThat(filters("oscar")).containsExactlyInAnyOrder("Decisions waiting for me", "My tasks");
        assertThat(filters("andrea")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"olivia", "carla", "andrea"})
    void shouldLetNoRoleGiveRightsOrDeploy(String user) {
        Map<String, Object> right =
                Map.of("type", 1, "permissions", List.of("ALL"), "userId", user, "resourceType", 0, "resourceId", "*");

        assertThat(as(user).post("/authorization/create", right).getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(as(user).post(
                                "/user/create",
                                Map.of(
                                        "profile",
                                        Map.of("id", "eve"),
                                        "credentials",
                                        Map.of("password", "of my own making")))
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
    }

    /** Four eyes compare emails, and records show names: nobody gives themselves another, or goes and comes back. */
    @ParameterizedTest
    @ValueSource(strings = {"olivia", "carla", "andrea"})
    void shouldLetNobodyBecomeSomebodyElse(String user) {
        JsonNode me = as(user).get("/user/%s/profile".formatted(user)).getBody();

        for (String field : List.of("firstName", "lastName", "email")) {
            ObjectNode other = me.deepCopy();
            other.put(field, "somebody@example.org");
            assertThat(put(user, "/user/%s/profile", other)).isEqualTo(HttpStatus.FORBIDDEN);
        }
        assertThat(as(user).send(HttpMethod.DELETE, "/user/" + user, Map.of()).getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);

        assertThat(as(user).get("/user/%s/profile".formatted(user)).getBody()).isEqualTo(me);
        assertThat(put(user, "/user/%s/profile", me)).isEqualTo(HttpStatus.NO_CONTENT);
        assertThat(put(
                        user,
                        "/user/%s/credentials",
                        Map.of("password", DemoUsers.PASSWORD, "authenticatedUserPassword", DemoUsers.PASSWORD)))
                .isEqualTo(HttpStatus.NO_CONTENT);
        assertThat(as("admin")
                        .send(HttpMethod.PUT, "/user/%s/profile".formatted(user), me)
                        .getStatusCode())
                .isEqualTo(HttpStatus.NO_CONTENT);
    }

    private HttpStatusCode put(String user, String path, Object body) {
        return as(user).send(HttpMethod.PUT, path.formatted(user), body).getStatusCode();
    }

    private List<String> filters(String user) {
        return StreamSupport.stream(as(user).get("/filter").getBody().spliterator(), false)
                .map(filter -> filter.path("name").asText())
                .toList();
    }

    private int count(String user, String path) {
        return as(user).get(path).getBody().path("count").asInt();
    }

    private EngineRest as(String user) {
        return EngineRest.as(http, user);
    }
}

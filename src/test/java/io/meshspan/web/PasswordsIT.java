package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshspan.DemoUsers;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.IdentityServiceImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a password must be, and what wrong ones do to the right one. */
@WebApplicationTest
class PasswordsIT {

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private IdentityService identity;

    @Autowired
    private JdbcTemplate database;

    @AfterEach
    void nobodyElse() {
        identity.deleteUser("emil");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "            ", "eleven char", "I am EMIL, an operator"})
    void shouldRefuseAWeakOneHoweverItIsSet(String weak) {
        ResponseEntity<JsonNode> created = EngineRest.as(http, "admin")
                .post("/user/create", Map.of("profile", Map.of("id", "emil"), "credentials", Map.of("password", weak)));

        assertThat(created.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(created.getBody().path("message").asText()).contains("at least 12 characters");
        assertThat(identity.createUserQuery().userId("emil").count()).isZero();
        User emil = identity.newUser("emil");
        emil.setPassword(weak);
        assertThatThrownBy(() -> identity.saveUser(emil)).isInstanceOf(BadUserRequestException.class);
    }

    @Test
    void shouldRefuseAUserWithoutOne() {
        for (Map<String, Object> credentials :
                List.of(Map.<String, Object>of(), Map.<String, Object>of("credentials", Map.of()))) {
            Map<String, Object> user = new HashMap<>(credentials);
            user.put("profile", Map.of("id", "emil"));

            ResponseEntity<JsonNode> created = EngineRest.as(http, "admin").post("/user/create", user);

            assertThat(created.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
            assertThat(created.getBody().path("message").asText()).contains("at least 12 characters");
            assertThat(identity.createUserQuery().userId("emil").count()).isZero();
        }
    }

    /** Earlier releases took it. */
    @Test
    void shouldOpenNothingIfItIsEmptyAlthoughTheUserHasIt() {
        User emil = identity.newUser("emil");
        emil.setPassword("");
        ((IdentityServiceImpl) identity).saveUser(emil, true);

        assertThat(http.withBasicAuth("emil", "")
                        .getForEntity("/engine-rest/task", String.class)
                        .getStatusCode())
                .isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(WebLogin.signIn(http, "emil", "").getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
    }

    /** The engine would have locked carla for good after the tenth. */
    @Test
    void shouldLetTheRightOneInAfterManyWrongOnes() {
        IntStream.range(0, 14)
                .forEach(attempt -> assertThat(carla("wrong").getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED));

        assertThat(carla(DemoUsers.PASSWORD).getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(WebLogin.signIn(http, "carla", DemoUsers.PASSWORD).getStatusCode())
                .isEqualTo(HttpStatus.OK);
    }

    @Test
    void shouldPassOverALockThatAnEarlierReleaseLeft() {
        database.update("update ACT_ID_USER set ATTEMPTS_ = 10, LOCK_EXP_TIME_ = ? where ID_ = 'carla'", later());

        assertThat(carla(DemoUsers.PASSWORD).getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(WebLogin.signIn(http, "carla", DemoUsers.PASSWORD).getStatusCode())
                .isEqualTo(HttpStatus.OK);
    }

    private static Timestamp later() {
        return Timestamp.from(Instant.now().plus(Duration.ofDays(1)));
    }

    private ResponseEntity<String> carla(String password) {
        return http.withBasicAuth("carla", password).getForEntity("/engine-rest/task/count", String.class);
    }
}

package io.meshspan.engine.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.meshspan.DemoUsers;
import io.meshspan.process.OwnApplication;
import io.meshspan.process.PlayedChange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.ManagementService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

/** The record of a change takes no failures: the change shows what failed all the same, and goes on when it does again. */
@Tag("slow")
@ExtendWith(OutputCaptureExtension.class)
class UnrecordedFailureIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final OwnApplication app;

    UnrecordedFailureIT() throws IOException {
        app = new OwnApplication(2);
    }

    @Test
    void shouldShowAFailureThatCannotBeRecorded(CapturedOutput log) {
        // given
        PlayedChange change = app.request();
        change.task("Approve change");
        database("alter table MESHSPAN_AUDIT add constraint NO_FAILURES check (KIND <> 'FAILED')");
        app.sandbox().cluster("cluster2").deny("patch", "deployments");

        // when
        change.approve("carla");

        // then
        await().atMost(LIMIT).until(() -> !fault(change).isMissingNode());
        JsonNode fault = fault(change);
        assertThat(fault.path("message").asText()).contains("The attempt could not be put on record: Unexpected ");
        assertThat(fault.path("attemptsLeft").asInt()).isPositive();
        assertThat(log).contains("ERROR", "could not be put on record");

        // when
        database("alter table MESHSPAN_AUDIT drop constraint NO_FAILURES");
        app.sandbox().cluster("cluster2").allowAll();
        app.bean(ManagementService.class).setJobDuedate(fault.path("job").asText(), Date.from(Instant.now()));

        // then
        assertThat(change.end()).isEqualTo("EndEvent_MeshVerified");
    }

    private JsonNode fault(PlayedChange change) {
        JsonNode now = RestClient.create(
                        "http://localhost:" + app.bean(Environment.class).getRequiredProperty("local.server.port"))
                .get()
                .uri("/api/changes/" + change.id() + "/now")
                .headers(headers -> headers.setBasicAuth("andrea", DemoUsers.PASSWORD))
                .retrieve()
                .body(JsonNode.class);
        return StreamSupport.stream(Objects.requireNonNull(now).spliterator(), false)
                .map(activity -> activity.path("fault"))
                .filter(JsonNode::isObject)
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private void database(String statement) {
        app.bean(JdbcClient.class).sql(statement).update();
    }

    @AfterEach
    void close() throws IOException {
        app.close();
    }
}

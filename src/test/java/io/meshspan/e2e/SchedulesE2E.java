package io.meshspan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On real API servers and istiods: what nobody requests. A mesh is verified, and an operator is asked about what ends soon. */
class SchedulesE2E extends OnRealClusters {

    private static final String VERIFIED = "EndEvent_MeshVerified";

    @Override
    Map<String, String> properties() {
        return Map.of(
                "meshspan.verify.cron",
                "0 * * * * *",
                "meshspan.expiry.cron",
                "*/20 * * * * *",
                "meshspan.trust.intermediate-validity",
                "20d");
    }

    @AfterEach
    void endWhatTheSchedulesBegan() {
        fleet().endAllChanges();
    }

    @Test
    void shouldVerifyAMeshAndHaveAnOperatorRenewWhatEnds() {
        // given
        assertThat(fleet().request(version()).approve().end()).isEqualTo(VERIFIED);
        String intermediate = intermediate();

        // when
        JsonNode run = await().atMost(5, TimeUnit.MINUTES)
                .pollInterval(1, TimeUnit.SECONDS)
                .until(this::scheduledVerification, Optional::isPresent)
                .orElseThrow();

        // then
        assertThat(run.path("result").asText()).isEqualTo("PASSED");
        assertThat(run.path("calls").asInt()).isPositive();
        assertThat(run.path("failedCalls").asInt()).isZero();

        // when
        fleet().startedBySchedule("renew-credentials").renew();
        E2eChange rotation = fleet().startedBySchedule("rotate-intermediates");
        rotation.approve();

        // then
        assertThat(rotation.end()).isEqualTo(VERIFIED);
        assertThat(intermediate()).isNotEqualTo(intermediate);
    }

    private Optional<JsonNode> scheduledVerification() {
        JsonNode runs = fleet().application()
                .pipelineOf("olivia")
                .get("/v1/meshes/{mesh}/verifications?limit=10", E2eFleet.MESH)
                .path("items");
        return StreamSupport.stream(runs.spliterator(), false)
                .filter(run -> run.path("origin").asText().equals("verify-on-schedule")
                        && !run.path("result").asText().equals("SKIPPED"))
                .findFirst();
    }

    private String intermediate() {
        return Objects.requireNonNull(fleet().first()
                .client()
                .secrets()
                .inNamespace(LiveCluster.ISTIO_SYSTEM)
                .withName("cacerts")
                .require()
                .getData()
                .get("ca-cert.pem"));
    }
}

package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meshspan.faults.FaultyPath;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a change sent before it was rolled back, and what an API server carries out after that, does not stay. */
@Tag("slow")
class LateWritesIT {

    private static final String DECIDE = "Decide how to go on";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, Object> ROLL_BACK = Map.of("decision", "rollBack", "comment", "not today");

    private OwnApplication app;
    private PlayedChange playedChange;
    private Map<String, Set<String>> before;

    LateWritesIT() throws IOException {
        app = new OwnApplication(
                2, "--meshspan.api-server.answer-within=1500ms", "--meshspan.api-server.late-write-within=9s");
        playedChange = app.request();
    }

    @BeforeEach
    void theFirstClusterRefuses() {
        playedChange.task("Approve change");
        before = objects();
        app.sandbox().cluster("cluster1").deny("patch", "deployments");
    }

    /** Its client gave it up and repeated it with success; then everything was removed. */
    @Test
    void shouldNotLeaveWhatAnApiServerCarriesOutLongAfterItsClientGaveUp() {
        // given
        FaultyPath second = app.path("cluster2");
        second.hold(
                call -> call.startsWith("PATCH") && call.contains("/clusterroles/istiod") && !call.contains("dryRun"),
                1,
                Duration.ofSeconds(6));

        // when
        rollBack();

        // then
        await().atMost(PATIENCE).until(() -> second.arrived() > 0);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(objects()).isEqualTo(before));
    }

    /** Each call is answered, and the next one sent, while the roll back is decided on. */
    @Test
    void shouldWaitForAStepThatIsStillWriting() {
        // given
        FaultyPath second = app.path("cluster2");
        second.hold(call -> call.startsWith("PATCH") && !call.contains("dryRun"), 200, Duration.ofMillis(700));

        // when
        rollBack();

        // then
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(objects()).isEqualTo(before));
        assertThat(second.arrived()).isGreaterThan(1);
    }

    private void rollBack() {
        playedChange.approve("carla");
        assertThat(playedChange.shown(DECIDE, "failureText")).contains("cluster1");
        app.sandbox().cluster("cluster1").allowAll();
        playedChange.decide("oscar", DECIDE, ROLL_BACK);
        assertThat(playedChange.end()).isEqualTo("EndEvent_ChangeRolledBack");
        assertThat(playedChange.tasks(DECIDE)).isEmpty();
    }

    private Map<String, Set<String>> objects() {
        return Stream.of("cluster1", "cluster2")
                .collect(Collectors.toMap(
                        cluster -> cluster,
                        cluster ->
                                ObjectCensus.of(app.sandbox().client(cluster)).keySet(),
                        (one, other) -> one,
                        TreeMap::new));
    }

    @AfterEach
    void close() throws IOException {
        app.close();
    }
}

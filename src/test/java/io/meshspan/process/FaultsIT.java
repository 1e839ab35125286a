package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.faults.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults between Meshspan and the API servers: every change comes to its verified end, and nobody has to help. */
class FaultsIT {

    private static final long SEED = 1830;
    private static final double SHARE = 0.1;
    private static final int CLUSTERS = 26;

    @SuppressWarnings("NullAway.Init")
    private static StormyApplication app;

    @BeforeAll
    static void start() throws IOException {
        app = new StormyApplication(CLUSTERS);
    }

    @AfterAll
    static void stop() throws IOException {
        app.close();
    }

    @AfterEach
    void calm() {
        app.weather().calm();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void shouldEndVerifiedWhateverBefallsTheCalls(Fault fault) {
        app.weather().turn(SEED, fault == Fault.EXPIRED ? 1 : SHARE, fault);

        shouldEndVerified("multi-primary-multi-network", app.takeTwo());

        assertThat(app.weather().met(fault)).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"multi-primary-multi-network", "primary-remote-multi-network"})
    void shouldEndVerifiedWithTheSameObjectsWhenAllOfItComesTogether(String topology) {
        // given
        List<String> undisturbed = app.takeTwo();
        Set<String> objects = shouldEndVerified(topology, undisturbed);

        // when
        app.weather().turn(SEED, SHARE, Fault.ERROR, Fault.TOO_MANY, Fault.NO_ANSWER, Fault.CUT, Fault.EXPIRED);
        List<String> clusters = app.takeTwo();

        // then
        assertThat(shouldEndVerified(topology, clusters)).isEqualTo(objects);
        app.weather().calm();
        Change again = app.request(topology, clusters);
        assertThat(again.shown("Approve change", "planSummary")).contains(": 0 objects to create, 0 to change");
        again.decide("carla", "Approve change", Map.of("approved", false, "comment", "there is nothing to do"));
    }

    @Test
    void shouldEndVerifiedAfterABlackoutOfOneCluster() {
        // given
        List<String> clusters = app.takeTwo();
        Change change = app.request("multi-primary-multi-network", clusters);
        change.task("Approve change");

        // when
        app.pathTo(clusters.get(1)).blackout(Duration.ofSeconds(12));
        change.approve("carla");

        // then
        assertThat(change.end()).isEqualTo("EndEvent_MeshVerified");
    }

    private static Set<String> shouldEndVerified(String topology, List<String> clusters) {
        Change change = app.request(topology, clusters);
        change.approve("carla");
        assertThat(change.end()).isEqualTo("EndEvent_MeshVerified");
        return app.written(clusters);
    }
}

package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults between Meshspan and the API servers, and of the database: every change comes to its verified end, and nobody has
 * to help. The changes run side by side, each in a storm of its own.
 */
class FaultsIT {

    private static final Violence VIOLENCE = Violence.asTold();
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();
    private static final Map<Storm, CompletableFuture<String>> ENDS = new ConcurrentHashMap<>();

    @SuppressWarnings("NullAway.Init")
    private static StormyApplication app;

    @BeforeAll
    static void start() throws IOException {
        app = new StormyApplication(VIOLENCE);
        Storm.all().forEach(storm -> ENDS.put(storm, CompletableFuture.supplyAsync(() -> end(storm), THREADS)));
    }

    private static String end(Storm storm) {
        app.raise(storm);
        Change change = app.request(storm);
        change.task("Approve change");
        if (storm.equals(Storm.BLACKOUT)) {
            app.blackout(storm.clusters().get(1));
        }
        change.approve("carla");
        return change.end();
    }

    private static String ended(Storm storm) {
        return Objects.requireNonNull(ENDS.get(storm)).join();
    }

    @AfterAll
    static void stop() throws IOException {
        THREADS.shutdownNow();
        app.close();
    }

    @ParameterizedTest
    @MethodSource("io.meshspan.process.Storm#all")
    void shouldEndVerifiedWithTheSameObjectsAsWithoutFaults(Storm storm) {
        assertThat(ended(storm)).isEqualTo("EndEvent_MeshVerified");
        assertThat(ended(storm.calm())).isEqualTo("EndEvent_MeshVerified");

        assertThat(storm.faults())
                .allSatisfy(fault -> assertThat(app.met(storm, fault)).isPositive());
        assertThat(app.written(storm)).isEqualTo(app.written(storm.calm()));
    }

    @Test
    void shouldFindNothingToDoAfterTheStorm() {
        // given
        ended(Storm.ALL_OF_IT);

        // when
        Change again = app.request(Storm.ALL_OF_IT);

        // then
        assertThat(again.shown("Approve change", "planSummary")).contains(": 0 objects to create, 0 to change");
        again.decide("carla", "Approve change", Map.of("approved", false, "comment", "there is nothing to do"));
    }

    @Test
    void shouldEndVerifiedThoughTheDatabaseStopsForAWhile() {
        // given
        ENDS.values().forEach(CompletableFuture::join);
        Change change = app.request(Storm.NONE);
        change.approve("carla");

        // when
        app.database().stop();
        await().pollDelay(VIOLENCE.blackout())
                .atMost(VIOLENCE.blackout().multipliedBy(2))
                .until(() -> true);
        app.database().start();

        // then
        assertThat(change.end()).isEqualTo("EndEvent_MeshVerified");
    }
}

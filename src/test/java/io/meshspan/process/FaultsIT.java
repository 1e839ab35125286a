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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults between Meshspan and the API servers, and of the database: every change comes to its verified end, and nobody has
 * to help. The changes run side by side, each in a storm of its own.
 */
@Tag("slow")
class FaultsIT {

    private static final InjectedFailure VIOLENCE = InjectedFailure.asTold();
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();
    private static final Map<FaultStorm, CompletableFuture<String>> ENDS = new ConcurrentHashMap<>();

    @SuppressWarnings("NullAway.Init")
    private static StormyApplication app;

    @BeforeAll
    static void start() throws IOException {
        app = new StormyApplication(VIOLENCE);
        FaultStorm.all()
                .forEach(faultStorm ->
                        ENDS.put(faultStorm, CompletableFuture.supplyAsync(() -> end(faultStorm), THREADS)));
    }

    private static String end(FaultStorm faultStorm) {
        app.raise(faultStorm);
        PlayedChange playedChange = app.request(faultStorm);
        playedChange.task("Approve change");
        if (faultStorm.equals(FaultStorm.BLACKOUT)) {
            app.blackout(faultStorm.clusters().get(1));
        }
        playedChange.approve("carla");
        return playedChange.end();
    }

    private static String ended(FaultStorm faultStorm) {
        return Objects.requireNonNull(ENDS.get(faultStorm)).join();
    }

    @AfterAll
    static void stop() throws IOException {
        THREADS.shutdownNow();
        app.close();
    }

    @ParameterizedTest
    @MethodSource("io.meshspan.process.FaultStorm#all")
    void shouldEndVerifiedWithTheSameObjectsAsWithoutFaults(FaultStorm faultStorm) {
        assertThat(ended(faultStorm)).isEqualTo("EndEvent_MeshVerified");
        assertThat(ended(faultStorm.calm())).isEqualTo("EndEvent_MeshVerified");

        assertThat(faultStorm.faults())
                .allSatisfy(fault -> assertThat(app.met(faultStorm, fault)).isPositive());
        assertThat(app.written(faultStorm)).isEqualTo(app.written(faultStorm.calm()));
    }

    @Test
    void shouldFindNothingToDoAfterTheStorm() {
        // given
        ended(FaultStorm.ALL_OF_IT);

        // when
        PlayedChange again = app.request(FaultStorm.ALL_OF_IT);

        // then
        assertThat(again.shown("Approve change", "planSummary")).contains(": 0 objects to create, 0 to change");
        again.decide("carla", "Approve change", Map.of("approved", false, "comment", "there is nothing to do"));
    }

    @Test
    void shouldEndVerifiedThoughTheDatabaseStopsForAWhile() {
        // given
        ENDS.values().forEach(CompletableFuture::join);
        PlayedChange playedChange = app.request(FaultStorm.NONE);
        playedChange.approve("carla");

        // when
        app.database().stop();
        await().pollDelay(VIOLENCE.blackout())
                .atMost(VIOLENCE.blackout().multipliedBy(2))
                .until(() -> true);
        app.database().start();

        // then
        assertThat(playedChange.end()).isEqualTo("EndEvent_MeshVerified");
    }
}

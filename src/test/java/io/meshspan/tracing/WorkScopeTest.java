package io.meshspan.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class WorkScopeTest {

    private static final Map<String, String> OF_THE_STEP = Map.of("change", "c1", "mesh", "mesh1");

    private final ExecutorService threads = Executors.newSingleThreadExecutor();

    @AfterEach
    void end() {
        threads.shutdownNow();
        MDC.clear();
    }

    @Test
    void shouldSayInEachLineOfAStepWhatItIsAboutAlsoOnOtherThreads() {
        WorkScope step = WorkScope.open("c1", "mesh1", null);

        Map<String, String> elsewhere = CompletableFuture.supplyAsync(
                        WorkScope.carried(() -> WorkScope.in("cluster1", MDC::getCopyOfContextMap)), threads)
                .join();

        assertThat(elsewhere).containsAllEntriesOf(OF_THE_STEP).containsEntry("cluster", "cluster1");
        assertThat(MDC.getCopyOfContextMap()).isEqualTo(OF_THE_STEP);
        step.close();
        assertThat(CompletableFuture.supplyAsync(() -> MDC.get("change"), threads)
                        .join())
                .isNull();
    }

    @Test
    void shouldSayAgainWhatItSaidBeforeAWorkWithinAWork() {
        WorkScope outer = WorkScope.open("c1", "mesh1", null);

        WorkScope.open("c2", null, "cluster2").close();

        assertThat(MDC.getCopyOfContextMap()).isEqualTo(OF_THE_STEP);
        outer.close();
        assertThat(MDC.get("change")).isNull();
    }
}

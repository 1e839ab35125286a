package io.meshspan.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.schedule.PeriodicTasks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailureWatchTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final PeriodicTasks periodic = new PeriodicTasks();
    private final FailureWatch watch = new FailureWatch(new Polling(periodic));

    @AfterEach
    void close() {
        periodic.destroy();
    }

    @Test
    void shouldEndAWaitWithWhatStays() {
        CompletableFuture<?> wait = watch.beside(
                new CompletableFuture<>(),
                () -> List.of(failure("pod-1", false, "Pending"), failure("pod-2", true, "ImagePullBackOff")));

        assertThat(wait)
                .failsWithin(LONG)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(StepFailed.class)
                .withMessageContaining("ImagePullBackOff");
    }

    /** Whoever tries again has mended something, and the cluster needs time to notice. */
    @Test
    void shouldNotEndTheNextWaitWithWhatWasToldAlready() {
        List<WaitFailure> same = List.of(failure("pod-1", true, "ImagePullBackOff"));
        assertThat(watch.beside(new CompletableFuture<>(), () -> same)).failsWithin(LONG);

        CompletableFuture<?> next = watch.beside(
                new CompletableFuture<>(),
                () -> List.of(same.get(0), failure("pod-1 again", true, "CrashLoopBackOff")));

        assertThat(next).failsWithin(LONG).withThrowableThat().havingCause().withMessageContaining("CrashLoopBackOff");
    }

    private static WaitFailure failure(String evidence, boolean lasting, String found) {
        return new WaitFailure(
                evidence, lasting, Finding.blocking("cluster1", "Pod a/b", "a pod that runs", found, "Mend it."));
    }
}

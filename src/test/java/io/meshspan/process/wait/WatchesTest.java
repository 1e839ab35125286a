package io.meshspan.process.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import io.meshspan.condition.PolledWatch;
import io.meshspan.condition.WaitProperties;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.Test;

class WatchesTest {

    private final RuntimeService runtime = mock(RuntimeService.class, RETURNS_DEEP_STUBS);

    @Test
    void shouldTellTheProcessWhenTheConditionIsMet() {
        CompletableFuture<String> condition = new CompletableFuture<>();
        watches(Duration.ofMinutes(1)).put("instance", "mesh", () -> condition);

        condition.complete("ready");

        verify(runtime).createMessageCorrelation(VariableNames.CONDITION_MET);
    }

    @Test
    void shouldEndAWatchThatWasNotRenewedHere() {
        CompletableFuture<String> condition = new CompletableFuture<>();

        watches(Duration.ofMillis(10)).put("instance", "mesh", () -> condition);

        assertThat(condition).failsWithin(Duration.ofSeconds(20));
        verify(runtime, never()).createMessageCorrelation(VariableNames.CONDITION_MET);
    }

    @Test
    void shouldTellTheProcessWhatTheClusterSaysAsSoonAsItWillNotComeTrue() {
        CompletableFuture<String> condition = new CompletableFuture<>();
        watches(Duration.ofMinutes(1)).put("instance", "mesh", () -> condition);

        condition.completeExceptionally(new StepFailed(
                FailureCode.WAIT_ENDED,
                Finding.blocking("cluster1", "Pod istio-system/istiod", "an image", "ImagePullBackOff", "See to it.")));

        verify(runtime).createMessageCorrelation(VariableNames.FAILURE_SEEN);
        verify(runtime, never()).createMessageCorrelation(VariableNames.CONDITION_MET);
    }

    @Test
    void shouldKeepAWatchThatPollsThroughRenewalsSinceOneLookMayTakeLonger() {
        PolledWatch polled = new PolledWatch();
        Watches watches = watches(Duration.ofMinutes(1));
        watches.put("instance", "mesh", () -> polled);

        watches.put("instance", "mesh", CompletableFuture::new);
        polled.complete(null);

        verify(runtime).createMessageCorrelation(VariableNames.CONDITION_MET);
    }

    @Test
    void shouldWatchAnewWhatWasNotPolledOrIsAnotherMeshNow() {
        CompletableFuture<String> informed = new CompletableFuture<>();
        PolledWatch polled = new PolledWatch();
        Watches watches = watches(Duration.ofMinutes(1));
        watches.put("one", "mesh", () -> informed);
        watches.put("two", "mesh", () -> polled);

        watches.put("one", "mesh", CompletableFuture::new);
        watches.put("two", "mesh without a cluster", CompletableFuture::new);

        assertThat(informed).isCancelled();
        assertThat(polled).isCancelled();
    }

    private Watches watches(Duration lookAgain) {
        Duration limit = Duration.ofMinutes(1);
        return new Watches(
                runtime,
                new WaitProperties(
                        Duration.ofMinutes(1),
                        limit,
                        limit,
                        limit,
                        limit,
                        limit,
                        limit,
                        limit,
                        limit,
                        limit,
                        limit,
                        limit,
                        lookAgain,
                        limit));
    }
}

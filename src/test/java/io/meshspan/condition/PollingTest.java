package io.meshspan.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meshspan.finding.TransientException;
import io.meshspan.schedule.PeriodicTasks;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class PollingTest {

    private static final Duration OFTEN = Duration.ofMillis(5);
    private static final int THIRD = 3;

    private final PeriodicTasks periodic = new PeriodicTasks();
    private final Polling polling = new Polling(periodic);
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void shouldAskOnAfterAnExceptionThatNobodyForesawAndLogItOnceWithoutItsWords(CapturedOutput output) {
        CompletableFuture<?> met = polling.until(OFTEN, () -> answered(new IllegalStateException("a token")));

        assertThat(met).succeedsWithin(Duration.ofSeconds(20));
        assertThat(output.getOut().split("A periodic task on thread polling-", -1))
                .hasSize(2);
        assertThat(output.getOut())
                .contains("IllegalStateException at io.meshspan.condition.PollingTest")
                .doesNotContain("a token");
    }

    @Test
    void shouldAskOnInSilenceAfterAFaultThatMayPass(CapturedOutput output) {
        CompletableFuture<?> met = polling.until(OFTEN, () -> answered(new TransientException("no answer")));

        assertThat(met).succeedsWithin(Duration.ofSeconds(20));
        assertThat(output.getOut()).doesNotContain("periodic task");
    }

    @Test
    void shouldKnowHowMuchIsMissing() {
        CompletableFuture<?> met = polling.untilNone(OFTEN, () -> THIRD - asked.incrementAndGet());
        CompletableFuture<?> never = polling.untilNone(OFTEN, () -> THIRD);

        assertThat(met).succeedsWithin(Duration.ofSeconds(20));
        await().until(() ->
                never instanceof PolledWatch watch && watch.missing().equals(OptionalInt.of(THIRD)));
        assertThat(never).isNotDone();
    }

    private boolean answered(RuntimeException before) {
        if (asked.incrementAndGet() < THIRD) {
            throw before;
        }
        return true;
    }

    @AfterEach
    void close() {
        periodic.destroy();
    }
}

package io.meshspan.condition;

import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.schedule.PeriodicTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.function.BooleanSupplier;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/** For conditions that can only be polled, not watched, for example istiod's debug pages. */
@Component
final class Polling {

    private static final Duration EVERY = Duration.ofMillis(250);
    private static final int THREADS = 4;

    private final ThreadPoolTaskScheduler timer;

    Polling(PeriodicTasks periodic) {
        this.timer = periodic.scheduler("polling", THREADS);
    }

    CompletableFuture<?> until(BooleanSupplier question) {
        return until(EVERY, question);
    }

    CompletableFuture<?> until(Duration every, BooleanSupplier question) {
        return until(Instant.now(), every, question);
    }

    /** Like {@link #until(Duration, BooleanSupplier)}, but asks for the first time after that interval. */
    CompletableFuture<?> after(Duration every, BooleanSupplier question) {
        return until(Instant.now().plus(every), every, question);
    }

    private CompletableFuture<?> until(Instant start, Duration every, BooleanSupplier question) {
        CompletableFuture<Void> met = new CompletableFuture<>();
        ScheduledFuture<?> asking = timer.scheduleWithFixedDelay(() -> ask(question, met), start, every);
        var unused = met.whenComplete((done, problem) -> asking.cancel(false));
        return met;
    }

    private static void ask(BooleanSupplier question, CompletableFuture<Void> met) {
        try {
            if (question.getAsBoolean()) {
                met.complete(null);
            }
        } catch (TransientException | StepFailed e) {
            // asked again soon; the end of the wait reports the problem
        }
    }
}

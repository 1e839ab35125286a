package io.meshspan.condition;

import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.schedule.PeriodicTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/** For conditions that can only be polled, not watched, for example istiod's debug pages. */
@Component
final class Polling {

    static final Duration EVERY = Duration.ofMillis(250);
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

    /** Until nothing is missing; the watch knows how much is. */
    CompletableFuture<?> untilNone(Duration every, IntSupplier missing) {
        return poll(Instant.now(), every, watch -> watch.saw(missing.getAsInt()));
    }

    private CompletableFuture<?> until(Instant start, Duration every, BooleanSupplier question) {
        return poll(start, every, watch -> {
            if (question.getAsBoolean()) {
                watch.complete(null);
            }
        });
    }

    private PolledWatch poll(Instant start, Duration every, Consumer<PolledWatch> look) {
        PolledWatch watch = new PolledWatch();
        ScheduledFuture<?> asking = timer.scheduleWithFixedDelay(() -> ask(look, watch), start, every);
        var unused = watch.whenComplete((done, problem) -> asking.cancel(false));
        return watch;
    }

    private static void ask(Consumer<PolledWatch> look, PolledWatch watch) {
        try {
            look.accept(watch);
        } catch (TransientException | StepFailed e) {
            // asked again soon; the end of the wait reports the problem
        }
    }
}

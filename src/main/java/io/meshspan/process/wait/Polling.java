package io.meshspan.process.wait;

import io.meshspan.finding.PassingFault;
import io.meshspan.finding.StepFailed;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** For what can only be asked, not watched, such as istiod's debug pages. */
@Component
final class Polling {

    private static final Duration EVERY = Duration.ofMillis(250);
    private static final int THREADS = 4;

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(THREADS, work -> {
        Thread thread = new Thread(work, "polling");
        thread.setDaemon(true);
        return thread;
    });

    CompletableFuture<?> until(BooleanSupplier question) {
        return until(EVERY, question);
    }

    CompletableFuture<?> until(Duration every, BooleanSupplier question) {
        CompletableFuture<Void> met = new CompletableFuture<>();
        ScheduledFuture<?> asking =
                timer.scheduleWithFixedDelay(() -> ask(question, met), 0, every.toMillis(), TimeUnit.MILLISECONDS);
        var unused = met.whenComplete((done, problem) -> asking.cancel(false));
        return met;
    }

    private static void ask(BooleanSupplier question, CompletableFuture<Void> met) {
        try {
            if (question.getAsBoolean()) {
                met.complete(null);
            }
        } catch (PassingFault | StepFailed e) {
            // asked again soon; what is wrong is told when the wait ends
        }
    }

    @PreDestroy
    void close() {
        timer.shutdownNow();
    }
}

package io.meshspan.condition;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.StepFailed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Checks, next to a watch, whether the condition can no longer be met. A failure that was reported ends no other wait for a
 * while: a person who retries has repaired something, and the cluster needs time to notice.
 */
@Component
public final class FailureWatch {

    private static final Duration EVERY = Duration.ofSeconds(2);

    /** A little more than the longest back-off of a kubelet before it pulls or starts again. */
    private static final Duration TOLD_FOR = Duration.ofMinutes(6);

    private final Polling polling;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, Instant> told = new ConcurrentHashMap<>();

    FailureWatch(Polling polling) {
        this.polling = polling;
    }

    /** The watch itself. It fails with WAIT_ENDED and the findings as soon as there is a lasting failure. */
    public CompletableFuture<?> beside(CompletableFuture<?> met, Supplier<List<WaitFailure>> look) {
        CompletableFuture<?> looking = polling.after(EVERY, () -> {
            look.get().stream()
                    .filter(WaitFailure::lasting)
                    .filter(failure -> isNew(failure.evidence()))
                    .findFirst()
                    .ifPresent(failure ->
                            met.completeExceptionally(new StepFailed(FailureCode.WAIT_ENDED, failure.finding())));
            return met.isDone();
        });
        var unused = met.whenComplete((done, problem) -> looking.cancel(false));
        return met;
    }

    private boolean isNew(String evidence) {
        Instant now = clock.instant();
        told.values().removeIf(since -> since.plus(TOLD_FOR).isBefore(now));
        return told.putIfAbsent(evidence, now) == null;
    }
}

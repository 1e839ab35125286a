package io.meshspan.process.wait;

import io.meshspan.condition.PolledWatch;
import io.meshspan.condition.WaitProperties;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.finding.CauseChain;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Findings;
import io.meshspan.finding.SanitizedException;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * The watches of this node: one for each waiting process instance, which gets a message when its condition is met. The node
 * that started a watch keeps it until the wait is renewed. The node that renews the wait then watches it. So other nodes
 * take over the watches of a node that died, and a node keeps no watch that it lost.
 */
@Component
final class Watches implements ExecutionListener {

    private static final Logger LOG = LoggerFactory.getLogger(Watches.class);
    private static final int ATTEMPTS = 3;

    /** A renewal may be late; the watch must not end before it. */
    private static final int RENEWALS = 2;

    private final RuntimeService runtime;
    private final Duration longest;
    private final Map<String, Watch> watching = new ConcurrentHashMap<>();

    Watches(@Lazy RuntimeService runtime, WaitProperties waits) {
        this.runtime = runtime;
        this.longest = waits.lookAgain().multipliedBy(RENEWALS);
    }

    /**
     * A new watch replaces the watch that the same instance may still have on this node, unless that one polls: a look that is
     * under way may take longer than a renewal, and what it finds counts.
     *
     * @param subject what is watched; another one always gets a new watch
     */
    void put(String processInstanceId, Object subject, Supplier<CompletableFuture<?>> condition) {
        Watch present = watching.get(processInstanceId);
        if (present != null && present.polls(subject)) {
            endUnlessRenewed(present);
        } else {
            begin(processInstanceId, new Watch(condition.get(), subject, new AtomicInteger()));
        }
    }

    /** How many things the watch found missing when it last looked, if it is on this node and counts them. */
    OptionalInt missing(String processInstanceId) {
        Watch watch = watching.get(processInstanceId);
        return watch != null && watch.condition instanceof PolledWatch polled ? polled.missing() : OptionalInt.empty();
    }

    private void begin(String processInstanceId, Watch watch) {
        stop(watching.put(processInstanceId, watch));
        endUnlessRenewed(watch);
        var unused = watch.condition.whenComplete((met, problem) -> {
            watching.remove(processInstanceId, watch);
            Optional<String> failure = failure(problem);
            if (problem == null) {
                tell(processInstanceId, VariableNames.CONDITION_MET, Map.of());
            } else if (failure.isPresent()) {
                tell(processInstanceId, VariableNames.FAILURE_SEEN, Map.of(VariableNames.WAIT_FAILURE, failure.get()));
            } else {
                logUnlessExpected(processInstanceId, problem);
            }
        });
    }

    private void endUnlessRenewed(Watch watch) {
        int renewal = watch.renewals.incrementAndGet();
        CompletableFuture.delayedExecutor(longest.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    if (watch.renewals.get() == renewal) {
                        watch.condition.completeExceptionally(new TimeoutException());
                    }
                });
    }

    private record Watch(CompletableFuture<?> condition, Object subject, AtomicInteger renewals) {

        boolean polls(Object other) {
            return condition instanceof PolledWatch && !condition.isDone() && subject.equals(other);
        }
    }

    /** The reason why the condition can never be met, if the watch ended with one. */
    private static Optional<String> failure(@org.jspecify.annotations.Nullable Throwable problem) {
        return Stream.ofNullable(problem)
                .flatMap(CauseChain::of)
                .filter(cause -> cause instanceof StepFailed failed && failed.code() == FailureCode.WAIT_ENDED)
                .map(cause -> new Findings(((StepFailed) cause).findings()).text())
                .findFirst();
    }

    /** The timer of the wait starts a new watch, so an expected problem and a bug both end here. */
    private static void logUnlessExpected(String processInstanceId, Throwable problem) {
        if (CauseChain.of(problem).noneMatch(Watches::isExpected)) {
            LOG.error(
                    "The watch of process instance {} broke off; it starts again within meshspan.wait.look-again",
                    processInstanceId,
                    new SanitizedException(CauseChain.root(problem)));
        }
    }

    private static boolean isExpected(Throwable problem) {
        return problem instanceof CancellationException
                || problem instanceof TimeoutException
                || problem instanceof TransientException
                || problem instanceof StepFailed;
    }

    /** Stops the watch of a process that ended, whether its condition is met or not. */
    @Override
    public void notify(DelegateExecution ended) {
        stop(ended.getProcessInstanceId());
    }

    void stop(String processInstanceId) {
        stop(watching.remove(processInstanceId));
    }

    private static void stop(@org.jspecify.annotations.Nullable Watch watch) {
        if (watch != null) {
            watch.condition.cancel(true);
        }
    }

    /**
     * If this fails, the wait's timer starts a new watch, which finds the condition met at once. A wait of an earlier
     * release accepts no other message; it ends at its time limit.
     */
    private void tell(String processInstanceId, String message, Map<String, Object> variables) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                runtime.createMessageCorrelation(message)
                        .processInstanceId(processInstanceId)
                        .setVariables(variables)
                        .correlate();
                return;
            } catch (OptimisticLockingException | MismatchingMessageCorrelationException e) {
                LOG.debug("process instance {} did not take the message yet, attempt {}", processInstanceId, attempt);
            }
        }
    }

    @PreDestroy
    void close() {
        watching.values().forEach(Watches::stop);
    }
}

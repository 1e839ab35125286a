package io.meshspan.process.wait;

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
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
 * The watches of this node: one for each waiting process instance, which gets a message when its condition is met. A watch
 * belongs to the node that began it, until the wait is due to be renewed: whichever node renews it watches from then on, so
 * that the watches of a node that died are taken over, and none is left on a node that lost it.
 */
@Component
final class Watches implements ExecutionListener {

    private static final Logger LOG = LoggerFactory.getLogger(Watches.class);
    private static final int ATTEMPTS = 3;

    /** A renewal may be late, and there should be no gap. */
    private static final int RENEWALS = 2;

    private final RuntimeService runtime;
    private final Duration longest;
    private final Map<String, CompletableFuture<?>> watching = new ConcurrentHashMap<>();

    Watches(@Lazy RuntimeService runtime, WaitProperties waits) {
        this.runtime = runtime;
        this.longest = waits.lookAgain().multipliedBy(RENEWALS);
    }

    /** A new watch takes the place of the one that the same instance may still have here. */
    void put(String processInstanceId, CompletableFuture<?> condition) {
        stop(watching.put(processInstanceId, condition));
        var unused = condition
                .orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((met, problem) -> {
                    watching.remove(processInstanceId, condition);
                    Optional<String> failure = failure(problem);
                    if (problem == null) {
                        tell(processInstanceId, VariableNames.CONDITION_MET, Map.of());
                    } else if (failure.isPresent()) {
                        tell(
                                processInstanceId,
                                VariableNames.FAILURE_SEEN,
                                Map.of(VariableNames.WAIT_FAILURE, failure.get()));
                    } else {
                        logUnlessExpected(processInstanceId, problem);
                    }
                });
    }

    /** What will keep the condition from being met, if that is how the watch ended. */
    private static Optional<String> failure(@org.jspecify.annotations.Nullable Throwable problem) {
        return Stream.ofNullable(problem)
                .flatMap(CauseChain::of)
                .filter(cause -> cause instanceof StepFailed failed && failed.code() == FailureCode.WAIT_ENDED)
                .map(cause -> new Findings(((StepFailed) cause).findings()).text())
                .findFirst();
    }

    /** The timer that looks again begins a new watch, so that what is expected and what is a bug both end there. */
    private static void logUnlessExpected(String processInstanceId, Throwable problem) {
        if (CauseChain.of(problem).noneMatch(Watches::isExpected)) {
            LOG.error(
                    "The watch of process instance {} broke off; it begins anew within meshspan.wait.look-again",
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

    /** A wait whose process is over, met or not, is watched no more. */
    @Override
    public void notify(DelegateExecution ended) {
        stop(ended.getProcessInstanceId());
    }

    void stop(String processInstanceId) {
        stop(watching.remove(processInstanceId));
    }

    private static void stop(@org.jspecify.annotations.Nullable CompletableFuture<?> condition) {
        if (condition != null) {
            condition.cancel(true);
        }
    }

    /**
     * Should this fail, the timer that looks again starts a new watch, which finds the condition met at once. A wait of an
     * earlier release takes no other message, and ends at its limit.
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
                LOG.debug("process instance {} could not be told yet, attempt {}", processInstanceId, attempt);
            }
        }
    }

    @PreDestroy
    void close() {
        watching.values().forEach(condition -> condition.cancel(true));
    }
}

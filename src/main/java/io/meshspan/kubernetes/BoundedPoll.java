package io.meshspan.kubernetes;

import io.meshspan.finding.TransientException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Waits for what a cluster does within milliseconds, when a wait in the process would be too expensive: a CRD that becomes
 * established, a token that is filled in.
 */
public final class BoundedPoll {

    private static final Duration LIMIT = Duration.ofSeconds(3);

    /** The shared pool has one thread on two cores, so one slow API server would delay the other clusters. */
    private static final Executor LATER = CompletableFuture.delayedExecutor(
            50, TimeUnit.MILLISECONDS, Executors.newCachedThreadPool(ParallelCalls.daemons("briefly")));

    private BoundedPoll() {}

    /** @throws TransientException with the message if it does not happen within 3 s; the engine then retries the step */
    public static <T> T await(CompletableFuture<T> future, String message) {
        return await(future, LIMIT, message);
    }

    private static <T> T await(CompletableFuture<T> future, Duration limit, String message) {
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new TransientException(message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientException(message);
        } finally {
            future.cancel(true);
        }
    }

    /** Like {@link #await}, for a condition that must be polled; polls every 50 ms. */
    public static void until(BooleanSupplier question, String message) {
        until(question, LIMIT, message);
    }

    /** For the one step that must undo what it began when the wait is in vain. */
    public static void until(BooleanSupplier question, Duration limit, String message) {
        CompletableFuture<Void> met = new CompletableFuture<>();
        ask(question, met);
        await(met, limit, message);
    }

    private static void ask(BooleanSupplier question, CompletableFuture<Void> met) {
        try {
            if (question.getAsBoolean()) {
                met.complete(null);
            } else if (!met.isDone()) {
                LATER.execute(() -> ask(question, met));
            }
        } catch (RuntimeException e) {
            met.completeExceptionally(e);
        }
    }
}

package io.meshspan.kubernetes;

import io.meshspan.finding.PassingFault;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * For what a cluster does within milliseconds, so that a wait in the process would cost more than it gives: a CRD that
 * is established, a token that is filled in.
 */
public final class Briefly {

    private static final Duration LIMIT = Duration.ofSeconds(3);

    private Briefly() {}

    /** @throws PassingFault with the message if it does not happen within 3 s; the engine then tries the step again */
    public static <T> T await(CompletableFuture<T> future, String message) {
        try {
            return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new PassingFault(message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PassingFault(message);
        } finally {
            future.cancel(true);
        }
    }
}

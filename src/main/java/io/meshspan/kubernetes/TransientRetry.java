package io.meshspan.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.meshspan.finding.CauseChain;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Repeats one call at once whose answer was cut or did not come. A step makes a hundred calls: were each of them lost once
 * in a while, the step as a whole would hardly ever get through. Answers of 429 and 5xx, and connections that are refused,
 * the client repeats by itself, as late as {@code Retry-After} says. Only for calls that may be carried out twice.
 */
final class TransientRetry {

    /** Waiting for an answer takes long, and a delegate must not. */
    private static final int AFTER_SILENCE = 2;

    private static final int AFTER_A_CUT = 3;

    /** In this thread. */
    private static final ThreadLocal<Boolean> ONCE = ThreadLocal.withInitial(() -> false);

    private TransientRetry() {}

    /** The call as it is, whatever becomes of it. */
    private static <T> T never(Supplier<T> call) {
        ONCE.set(true);
        try {
            return call.get();
        } finally {
            ONCE.remove();
        }
    }

    static <T> T ifLost(Supplier<T> call) {
        int lost = 0;
        while (true) {
            try {
                return call.get();
            } catch (KubernetesClientException e) {
                lost++;
                if (ClientExceptionTranslator.code(e) > 0
                        || ClientExceptionTranslator.isUntrusted(e)
                        || lost > repetitions(e)) {
                    throw e;
                }
            }
        }
    }

    private static int repetitions(Throwable e) {
        if (ONCE.get() || CauseChain.of(e).anyMatch(ConnectException.class::isInstance)) {
            return 0;
        }
        return isSilence(e) ? AFTER_SILENCE : AFTER_A_CUT;
    }

    /** No answer within the time that there is for one. */
    static boolean isSilence(Throwable e) {
        return CauseChain.of(e).anyMatch(TimeoutException.class::isInstance);
    }

    /**
     * Knows whether one API server was silent when it was last asked. Then it is asked once and no more until it answers
     * again: each answer that does not come holds up a step for seconds, and a person who decides to go on without the
     * cluster.
     */
    static final class CircuitBreaker {

        private volatile boolean silent;

        <T> T through(Supplier<T> call) {
            try {
                T answer = silent ? never(call) : call.get();
                silent = false;
                return answer;
            } catch (KubernetesClientException e) {
                silent = ClientExceptionTranslator.code(e) <= 0 && isSilence(e);
                throw e;
            }
        }
    }
}

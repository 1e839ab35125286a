package io.meshspan.kubernetes.failure;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.meshspan.finding.CauseChain;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Repeats one call at once if its answer was cut off or did not come. A step makes a hundred calls: if some of them failed
 * now and then, the whole step would hardly ever succeed. The client itself repeats answers of 429 and 5xx, after {@code
 * Retry-After}, and refused connections. Only for calls that may be executed twice.
 */
public final class TransientRetry {

    /** Waiting for an answer takes long, and a delegate must be quick. */
    private static final int AFTER_SILENCE = 2;

    private static final int AFTER_A_CUT = 3;

    /** For this thread. */
    private static final ThreadLocal<Boolean> ONCE = ThreadLocal.withInitial(() -> false);

    private TransientRetry() {}

    /** The call without a retry. */
    private static <T> T never(Supplier<T> call) {
        ONCE.set(true);
        try {
            return call.get();
        } finally {
            ONCE.remove();
        }
    }

    public static <T> T ifLost(Supplier<T> call) {
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

    /** The call got no answer within its time limit. */
    static boolean isSilence(Throwable e) {
        return CauseChain.of(e).anyMatch(TimeoutException.class::isInstance);
    }

    /**
     * Remembers whether one API server did not answer the last call. Then each call is tried only once until it answers
     * again: each missing answer delays a step for seconds, and also a person who decides to go on without the cluster.
     */
    public static final class CircuitBreaker {

        private volatile boolean silent;

        public <T> T through(Supplier<T> call) {
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

package io.meshspan.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.function.Supplier;

/**
 * Whether an API server was silent when it was last asked. Then it is asked once and no more until it answers again: each
 * answer that does not come holds up a step for seconds, and a person who decides to go on without the cluster.
 */
final class CircuitBreaker {

    private volatile boolean silent;

    <T> T through(Supplier<T> call) {
        try {
            T answer = silent ? TransientRetry.never(call) : call.get();
            silent = false;
            return answer;
        } catch (KubernetesClientException e) {
            silent = UpgradeError.code(e) <= 0 && TransientRetry.isSilence(e);
            throw e;
        }
    }
}

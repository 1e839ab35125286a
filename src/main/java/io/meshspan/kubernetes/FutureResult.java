package io.meshspan.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for what the API server answers to a call of our own, which ends by its own limit. */
final class FutureResult {

    private FutureResult() {}

    /** @throws KubernetesClientException as the call failed, or around whatever kept the answer from coming */
    static <T> T to(CompletableFuture<T> call) {
        try {
            return call.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof KubernetesClientException known
                    ? known
                    : new KubernetesClientException("no answer", e.getCause());
        }
    }
}

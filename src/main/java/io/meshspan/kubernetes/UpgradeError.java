package io.meshspan.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import io.meshspan.finding.CauseChain;

/** Exec and port-forward begin as an upgrade; where that is refused, the client leaves the status to a cause. */
final class UpgradeError {

    private UpgradeError() {}

    /** The HTTP status of an answer; 0 or less if there was none. */
    static int code(KubernetesClientException e) {
        return e.getCode() > 0 ? e.getCode() : code((Throwable) e);
    }

    static int code(Throwable problem) {
        return CauseChain.of(problem)
                .filter(WebSocketHandshakeException.class::isInstance)
                .map(WebSocketHandshakeException.class::cast)
                .findFirst()
                .map(refused -> refused.getResponse().code())
                .orElse(0);
    }
}

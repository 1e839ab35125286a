package io.meshspan.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import java.util.Objects;
import java.util.stream.Stream;

/** Exec and port-forward begin as an upgrade; where that is refused, the client leaves the status to a cause. */
final class RefusedUpgrade {

    private RefusedUpgrade() {}

    /** The HTTP status of an answer; 0 or less if there was none. */
    static int code(KubernetesClientException e) {
        return e.getCode() > 0 ? e.getCode() : code((Throwable) e);
    }

    static int code(Throwable problem) {
        return Stream.<Throwable>iterate(problem, Objects::nonNull, Throwable::getCause)
                .filter(WebSocketHandshakeException.class::isInstance)
                .map(WebSocketHandshakeException.class::cast)
                .findFirst()
                .map(refused -> refused.getResponse().code())
                .orElse(0);
    }
}

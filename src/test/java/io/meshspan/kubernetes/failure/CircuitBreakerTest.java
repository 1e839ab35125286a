package io.meshspan.kubernetes.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private final TransientRetry.CircuitBreaker circuitBreaker = new TransientRetry.CircuitBreaker();
    private @Nullable KubernetesClientException problem;
    private int calls;

    @Test
    void shouldAskASilentServerOnceUntilItAnswers() {
        problem = new KubernetesClientException("no answer", new IOException(new TimeoutException()));
        assertThat(callsOfOneThatFails()).isEqualTo(3);
        assertThat(callsOfOneThatFails()).isEqualTo(1);
        assertThat(callsOfOneThatFails()).isEqualTo(1);

        problem = null;
        assertThat(circuitBreaker.<String>through(this::asked)).isEqualTo("answer");

        problem = new KubernetesClientException("no answer", new IOException(new TimeoutException()));
        assertThat(callsOfOneThatFails()).isEqualTo(3);
    }

    @Test
    void shouldRepeatWhatWasCutForWhoeverCutsIsThere() {
        problem = new KubernetesClientException("no answer", new IOException("cut"));
        assertThat(callsOfOneThatFails()).isEqualTo(4);
        assertThat(callsOfOneThatFails()).isEqualTo(4);
    }

    private int callsOfOneThatFails() {
        calls = 0;
        assertThatThrownBy(() -> circuitBreaker.through(this::asked)).isSameAs(problem);
        return calls;
    }

    private String asked() {
        return TransientRetry.ifLost(() -> {
            calls++;
            if (problem != null) {
                throw problem;
            }
            return "answer";
        });
    }
}

package io.meshspan.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.meshspan.finding.TransientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PodCallsTest {

    private static final int PORT = 8080;

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final PodResource pod = mock(PodResource.class);

    PodCallsTest() throws IOException {}

    @BeforeEach
    void start() {
        LocalPortForward forward = mock(LocalPortForward.class);
        given(forward.getLocalPort()).willReturn(server.getAddress().getPort());
        given(forward.getServerThrowables()).willReturn(List.of());
        given(pod.portForward(anyInt(), any(InetAddress.class), anyInt())).willReturn(forward);
        server.createContext("/whole", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {'[', ']'});
            exchange.close();
        });
        server.createContext("/cut", exchange -> exchange.sendResponseHeaders(200, 2));
        server.start();
    }

    @Test
    void shouldReadAnAnswer() {
        assertThat(calls(Duration.ofSeconds(20)).get(PORT, "/whole")).isEqualTo("[]");
    }

    @Test
    void shouldNotWaitForEverForABodyThatDoesNotEnd() {
        assertThatThrownBy(() -> calls(Duration.ofSeconds(1)).get(PORT, "/cut"))
                .isInstanceOf(TransientException.class)
                .hasMessage("GET /cut: no answer through the port-forward within 1 s");
    }

    private PodCalls calls(Duration answerWithin) {
        return new PodCalls(pod, answerWithin);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }
}

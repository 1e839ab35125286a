package io.meshspan.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meshspan.service.ServiceNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database that is gone: the service says so soon, stays alive, and ends when it is told to. */
@Tag("slow")
class DatabaseDownIT {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration PROMISED = Duration.ofSeconds(15);
    private static final int UNAVAILABLE = 503;

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder = Path.of("");

    enum Loss {
        REFUSES,
        SILENT;

        void befall(TcpPath path) throws IOException {
            if (this == REFUSES) {
                path.refuse();
            } else {
                path.silence();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayThatItIsNotReadyAndEndWhenItIsTold(Loss loss) throws IOException, InterruptedException {
        try (KillSwitch kill = new KillSwitch();
                CrashGround crashGround = new CrashGround(kill, 2, false);
                Postgres postgres = Postgres.start();
                TcpPath path = new TcpPath(
                        URI.create(postgres.url().substring("jdbc:".length())).getPort())) {
            // given
            List<String> arguments = new ArrayList<>(crashGround.arguments(folder));
            arguments.addAll(postgres.arguments());
            arguments.set(
                    arguments.indexOf("--spring.datasource.url=" + postgres.url()),
                    "--spring.datasource.url=jdbc:postgresql://127.0.0.1:%d/postgres".formatted(path.port()));
            ServiceNode serviceNode = kill.start("node", folder, arguments).ready();
            await().atMost(PROMISED.multipliedBy(4)).until(() -> health(serviceNode, "/readiness") == 200);

            // when
            loss.befall(path);

            // then
            await().atMost(PROMISED).until(() -> health(serviceNode, "/readiness") == UNAVAILABLE);
            assertThat(health(serviceNode, "")).isEqualTo(UNAVAILABLE);
            assertThat(health(serviceNode, "/liveness")).isEqualTo(200);

            // when
            serviceNode.terminate();

            // then
            assertThat(serviceNode.ended(PROMISED)).isTrue();
        }
    }

    private int health(ServiceNode serviceNode, String group) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(serviceNode.url() + "/actuator/health" + group))
                .timeout(SOON)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}

package io.meshspan.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meshspan.service.Carried;
import io.meshspan.service.ServiceNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes on one PostgreSQL send to a receiver that is down. Each of them is killed once while notices wait, so one of the
 * two was the node that sends: the other one takes over, loses nothing, and sends nothing again and again.
 */
@Tag("slow")
class OutboxOfTwoNodesIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of("");

    /** Answers 503 while it is down. */
    private static final class Receiver implements AutoCloseable {

        private final ObjectMapper json = new ObjectMapper();
        private final List<JsonNode> taken = Collections.synchronizedList(new ArrayList<>());
        private final HttpServer server;
        private volatile boolean down = true;
        private final AtomicInteger refused = new AtomicInteger();

        private Receiver() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::answer);
            server.start();
        }

        private void answer(HttpExchange exchange) throws IOException {
            JsonNode event = json.readTree(exchange.getRequestBody());
            if (down) {
                refused.incrementAndGet();
            } else {
                taken.add(event);
            }
            exchange.sendResponseHeaders(down ? 503 : 204, -1);
            exchange.close();
        }

        private long times(String change) {
            return List.copyOf(taken).stream()
                    .filter(event -> event.path("subject").asText().equals(change))
                    .filter(event -> event.path("type").asText().equals("io.meshspan.approval.waiting"))
                    .count();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @Test
    void shouldTellEachEventThoughTheNodeThatSendsIsKilled() throws IOException {
        try (KillSwitch kill = new KillSwitch();
                CrashGround crashGround = new CrashGround(kill, 2, false);
                Postgres postgres = Postgres.start();
                Receiver receiver = new Receiver()) {
            List<String> arguments = new ArrayList<>(crashGround.arguments(folder));
            arguments.addAll(postgres.arguments());
            arguments.addAll(List.of(
                    "--meshspan.node.take-over=6s",
                    "--meshspan.notifications.every=200ms",
                    "--meshspan.notifications.retry-within=2s",
                    "--meshspan.notifications.receivers.hook.format=cloudevents",
                    "--meshspan.notifications.receivers.hook.key-file="
                            + Files.writeString(folder.resolve("key"), "a key of the test"),
                    "--meshspan.notifications.receivers.hook.url=http://127.0.0.1:"
                            + receiver.server.getAddress().getPort()));
            List<ServiceNode> nodes = Stream.of("node1", "node2")
                    .map(name -> kill.start(name, folder, arguments))
                    .toList();
            nodes.forEach(ServiceNode::ready);

            for (ServiceNode killed : nodes) {
                // given
                receiver.down = true;
                int before = receiver.refused.get();
                String change = killed.changes()
                        .request(
                                Carried.installation("multi-primary-multi-network", "1.30.3", crashGround.clusters()),
                                "while it is down");
                await().atMost(SOON).until(() -> receiver.refused.get() > before + 1);
                assertThat(postgres.undelivered()).isPositive();

                // when
                killed.kill();
                receiver.down = false;

                // then
                await().atMost(SOON).until(() -> receiver.times(change) > 0);
                await().atMost(SOON).until(() -> postgres.undelivered() == 0);
                assertThat(receiver.times(change)).isEqualTo(1);
                killed.restart();
            }
            assertThat(receiver.refused.get())
                    .as("attempts pause longer and longer")
                    .isLessThan(60);
            nodes.forEach(ServiceNode::kill);
        }
    }
}

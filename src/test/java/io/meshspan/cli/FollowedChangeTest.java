package io.meshspan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline waits for hours: meanwhile the service is replaced, and tokens expire. */
class FollowedChangeTest {

    private static final String RUNS = "{\"change\": {\"stateText\": \"working\", \"ended\": null}}";
    private static final String ENDED =
            "{\"change\": {\"stateText\": \"Mesh verified\", \"ended\": \"2026-01-01T00:00:00Z\"}}";

    @TempDir
    private Path folder;

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> statuses = Collections.synchronizedList(new ArrayList<>());
    private Path token = Path.of("");
    private final HttpServer server;

    FollowedChangeTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() throws IOException {
        token = Files.writeString(folder.resolve("token"), "first");
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** The next of the statuses; the token is another one after each answer. */
    private void answer(HttpExchange exchange) throws IOException {
        seen.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                + exchange.getRequestHeaders().getFirst("If-None-Match"));
        Files.writeString(token, "token-" + seen.size());
        int status = statuses.remove(0);
        byte[] body = (statuses.isEmpty() ? ENDED : RUNS).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("ETag", "\"" + seen.size() + "\"");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void shouldGoOnWaitingWhileTheServiceIsReplacedWithTheTokenThatIsThereThen() {
        statuses.addAll(List.of(200, 503, 502, 200));

        assertThat(followed().end("1m").at("/change/stateText").asText()).isEqualTo("Mesh verified");

        assertThat(seen)
                .containsExactly(
                        "Bearer first null", "Bearer token-1 \"1\"", "Bearer token-2 \"1\"", "Bearer token-3 \"1\"");
    }

    @Test
    void shouldNotWaitForAServiceThatNeverAnsweredOrRefuses() {
        statuses.addAll(List.of(503));
        assertThatThrownBy(() -> followed().end("1m")).isInstanceOf(CommandFailed.class);
        statuses.addAll(List.of(200, 401, 200));
        assertThatThrownBy(() -> followed().end("1m"))
                .isInstanceOfSatisfying(
                        CommandFailed.class,
                        refused -> assertThat(refused.outcome().code()).isEqualTo(4));
    }

    private FollowedChange followed() {
        Map<String, String> environment = Map.of(
                "MESHSPAN_SERVER", "http://127.0.0.1:" + server.getAddress().getPort(),
                "MESHSPAN_TOKEN_FILE", token.toString(),
                "MESHSPAN_CONFIG", folder.resolve("none").toString());
        Session session =
                new Session(environment, new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
        return new FollowedChange(session, session.service(), "c1", Duration.ofMillis(10));
    }
}

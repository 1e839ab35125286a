package io.meshspan.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A receiver of CloudEvents on this host, as the settings of the application name it. */
final class ReceivedEvents {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final Path key;

    private ReceivedEvents(HttpServer server, Path key) {
        this.server = server;
        this.key = key;
    }

    static ReceivedEvents listen() {
        try {
            Path key = Files.writeString(Files.createTempFile("meshspan-it", ".key"), "a key of this test");
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ReceivedEvents events = new ReceivedEvents(server, key);
            server.createContext("/", exchange -> {
                events.received.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            });
            server.start();
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
    }

    String keyFile() {
        return key.toString();
    }

    /** The events about a mesh of one type, in the order in which they came. */
    List<JsonNode> of(String mesh, String type) {
        return received.stream()
                .filter(event -> event.path("type").asText().equals("io.meshspan." + type)
                        && event.at("/data/mesh").asText().equals(mesh))
                .toList();
    }
}

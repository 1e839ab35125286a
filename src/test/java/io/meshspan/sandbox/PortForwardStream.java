package io.meshspan.sandbox;

import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** Port-forward of one port over {@code v4.channel.k8s.io} to something that answers one HTTP GET and hangs up. */
final class PortForwardStream extends WebSocketListener {

    private static final int DATA = 0;
    private static final int ERROR = 1;

    private final int port;
    private final Function<String, Optional<String>> pages;
    private final StringBuilder received = new StringBuilder();

    /** @param pages the body of a path, if there is such a page */
    PortForwardStream(int port, Function<String, Optional<String>> pages) {
        this.port = port;
        this.pages = pages;
    }

    @Override
    public void onOpen(WebSocket webSocket, Response response) {
        webSocket.send(Channels.port(DATA, port));
        webSocket.send(Channels.port(ERROR, port));
    }

    @Override
    public void onMessage(WebSocket webSocket, byte[] frame) {
        if (frame.length < 2 || frame[0] != DATA) {
            return;
        }
        received.append(new String(frame, 1, frame.length - 1, StandardCharsets.ISO_8859_1));
        if (received.indexOf("\r\n\r\n") >= 0) {
            String path = received.toString().split(" ", 3)[1];
            webSocket.send(Channels.frame(DATA, answer(pages.apply(path))));
            webSocket.close(1000, "");
        }
    }

    private static String answer(Optional<String> page) {
        String body = page.orElse("404 page not found\n");
        return "HTTP/1.1 " + (page.isPresent() ? "200 OK" : "404 Not Found") + "\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\nConnection: close\r\n\r\n"
                + body;
    }
}

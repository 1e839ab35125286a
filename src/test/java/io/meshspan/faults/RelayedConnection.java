package io.meshspan.faults;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** One connection of a client, with one of its own to the API server: calls one after another, then perhaps a stream. */
final class RelayedConnection implements Runnable {

    private static final Duration SILENCE = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(150);
    private static final String GONE =
            "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\","
                    + "\"reason\":\"Expired\",\"message\":\"too old resource version\",\"code\":410}}";

    private final FaultyPath path;
    private final Socket client;
    private final Socket server;

    RelayedConnection(FaultyPath path, Socket client, Socket server) {
        this.path = path;
        this.client = client;
        this.server = server;
    }

    @Override
    public void run() {
        try {
            InputStream asked = new BufferedInputStream(client.getInputStream());
            InputStream answered = new BufferedInputStream(server.getInputStream());
            while (call(asked, answered)) {
                path.untilLight();
            }
        } catch (IOException e) {
            // one of the two sides has closed, and so does the other
        } finally {
            path.end(client);
            path.end(server);
        }
    }

    /** @return whether the connection is good for another call */
    private boolean call(InputStream asked, InputStream answered) throws IOException {
        HttpMessage request = HttpMessage.read(asked);
        path.untilLight();
        Optional<InjectedFault> fault = path.weather().next(request.call());
        if (fault.isPresent() && fault.get() == InjectedFault.ERROR) {
            return sent(HttpMessage.refusal(500, "InternalError", ""));
        }
        if (fault.isPresent() && fault.get() == InjectedFault.TOO_MANY) {
            return sent(HttpMessage.refusal(429, "TooManyRequests", "Retry-After: 1\r\n"));
        }
        boolean held = path.holdUp(request.call());
        write(server, request);
        HttpMessage answer = HttpMessage.read(answered);
        if (held) {
            path.toldOfArrival();
        }
        fault.filter(InjectedFault.LATE::equals).ifPresent(late -> path.pause(path.late()));
        if (fault.isPresent() && fault.get() == InjectedFault.NO_ANSWER) {
            path.pause(SILENCE);
            return false;
        }
        path.untilLight();
        if (request.upgrades() && answer.switches()) {
            write(client, answer);
            stream(asked, answered, fault.filter(f -> f != InjectedFault.EXPIRED || request.watches()));
            return false;
        }
        boolean cut = fault.isPresent() && fault.get() == InjectedFault.CUT;
        return cut ? cut(answer) : sent(answer);
    }

    private boolean sent(HttpMessage answer) throws IOException {
        write(client, answer);
        return true;
    }

    private boolean cut(HttpMessage answer) throws IOException {
        write(client, answer.half());
        return false;
    }

    private void stream(InputStream asked, InputStream answered, Optional<InjectedFault> fault) throws IOException {
        if (fault.isPresent() && fault.get() == InjectedFault.EXPIRED) {
            client.getOutputStream().write(frame(GONE));
        }
        if (fault.isPresent() && fault.get() == InjectedFault.CUT) {
            path.run(() -> {
                path.pause(SHORT);
                path.end(client);
                path.end(server);
            });
        }
        path.run(() -> pump(asked, server));
        pump(answered, client);
    }

    private void pump(InputStream from, Socket to) {
        byte[] some = new byte[8192];
        try {
            for (int count = from.read(some); count >= 0; count = from.read(some)) {
                path.untilLight();
                to.getOutputStream().write(some, 0, count);
            }
        } catch (IOException e) {
            // ends with the other side
        } finally {
            path.end(client);
            path.end(server);
        }
    }

    /** A text of less than 64 kB as a server sends it over a WebSocket. */
    private static byte[] frame(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[4 + payload.length];
        frame[0] = (byte) 0x81;
        frame[1] = 126;
        frame[2] = (byte) (payload.length >> 8);
        frame[3] = (byte) payload.length;
        System.arraycopy(payload, 0, frame, 4, payload.length);
        return frame;
    }

    private static void write(Socket to, HttpMessage message) throws IOException {
        OutputStream out = to.getOutputStream();
        out.write(message.bytes());
        out.flush();
    }
}

package io.meshspan.e2e;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The stream of one proxy to an istiod: gRPC over HTTP/2 without TLS, with the few fields of Envoy's discovery that the endpoints
 * of one service take.
 */
final class DiscoveryStream implements AutoCloseable {

    private static final String PATH =
            "/envoy.service.discovery.v3.AggregatedDiscoveryService/StreamAggregatedResources";
    private static final String ENDPOINTS = "type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment";
    private static final int HEADER = 5;

    private final String service;
    private final Map<String, String> metadata;
    private final String id;
    private final Consumer<Set<String>> heard;
    private final HttpClient client;
    private Buffer rest = Buffer.buffer();
    private volatile boolean open = true;

    /**
     * @param service as Envoy names the cluster of a service
     * @param id of the proxy
     * @param heard gets the addresses, each time that istiod sends them
     */
    DiscoveryStream(
            Vertx vertx,
            int port,
            String id,
            Map<String, String> metadata,
            String service,
            Consumer<Set<String>> heard) {
        this.id = id;
        this.metadata = metadata;
        this.service = service;
        this.heard = heard;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setConnectTimeout(2000));
        client.request(HttpMethod.POST, port, "127.0.0.1", PATH)
                .onSuccess(this::ask)
                .onFailure(failure -> open = false);
    }

    boolean isOpen() {
        return open;
    }

    private void ask(HttpClientRequest request) {
        request.putHeader("content-type", "application/grpc").putHeader("te", "trailers");
        request.setChunked(true);
        request.exceptionHandler(failure -> open = false);
        request.response().onSuccess(response -> listen(request, response)).onFailure(failure -> open = false);
        request.write(framed(field(2, node()).appendBuffer(wanted())));
    }

    private void listen(HttpClientRequest request, HttpClientResponse response) {
        response.exceptionHandler(failure -> open = false);
        response.endHandler(end -> open = false);
        response.handler(more -> {
            rest.appendBuffer(more);
            while (rest.length() >= HEADER && rest.length() >= HEADER + rest.getInt(1)) {
                int end = HEADER + rest.getInt(1);
                answer(request, fields(rest.slice(HEADER, end)));
                rest = rest.getBuffer(end, rest.length());
            }
        });
    }

    private void answer(HttpClientRequest request, Map<Integer, List<Buffer>> response) {
        Set<String> addresses = new TreeSet<>();
        values(response, 2)
                .flatMap(any -> values(fields(any), 2)) // its value
                .flatMap(assignment -> values(fields(assignment), 2)) // localities
                .flatMap(locality -> values(fields(locality), 2)) // endpoints with a weight
                .flatMap(endpoint -> values(fields(endpoint), 1))
                .flatMap(endpoint -> values(fields(endpoint), 1)) // its address
                .flatMap(address -> values(fields(address), 1)) // a socket's
                .flatMap(socket -> values(fields(socket), 2))
                .forEach(address -> addresses.add(address.toString()));
        heard.accept(addresses);
        Buffer acknowledged = wanted();
        values(response, 1).forEach(version -> acknowledged.appendBuffer(field(1, version)));
        values(response, 5).forEach(nonce -> acknowledged.appendBuffer(field(5, nonce)));
        request.write(framed(acknowledged));
    }

    private Buffer wanted() {
        return field(3, Buffer.buffer(service)).appendBuffer(field(4, Buffer.buffer(ENDPOINTS)));
    }

    private Buffer node() {
        Buffer struct = Buffer.buffer();
        metadata.forEach((name, value) -> struct.appendBuffer(field(
                1, field(1, Buffer.buffer(name)).appendBuffer(field(2, field(3, Buffer.buffer(value)))))));
        return field(1, Buffer.buffer(id))
                .appendBuffer(field(2, Buffer.buffer("client")))
                .appendBuffer(field(3, struct));
    }

    private static Buffer framed(Buffer message) {
        return Buffer.buffer().appendByte((byte) 0).appendInt(message.length()).appendBuffer(message);
    }

    private static Buffer field(int number, Buffer content) {
        Buffer field = Buffer.buffer();
        varint(field, (number << 3) | 2);
        varint(field, content.length());
        return field.appendBuffer(content);
    }

    private static void varint(Buffer into, int value) {
        int left = value;
        while (left > 0x7f) {
            into.appendByte((byte) ((left & 0x7f) | 0x80));
            left >>>= 7;
        }
        into.appendByte((byte) left);
    }

    private static Stream<Buffer> values(Map<Integer, List<Buffer>> fields, int number) {
        return fields.getOrDefault(number, List.of()).stream();
    }

    /** Those with a length: texts, bytes and messages. */
    private static Map<Integer, List<Buffer>> fields(Buffer message) {
        Map<Integer, List<Buffer>> fields = new HashMap<>();
        int[] at = {0};
        while (at[0] < message.length()) {
            int key = (int) varint(message, at);
            switch (key & 7) {
                case 0 -> varint(message, at);
                case 1 -> at[0] += 8;
                case 5 -> at[0] += 4;
                default -> {
                    int length = (int) varint(message, at);
                    fields.computeIfAbsent(key >>> 3, number -> new ArrayList<>())
                            .add(message.getBuffer(at[0], at[0] + length));
                    at[0] += length;
                }
            }
        }
        return fields;
    }

    private static long varint(Buffer message, int[] at) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = message.getByte(at[0]++);
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    @Override
    public void close() {
        open = false;
        var unused = client.close();
    }
}

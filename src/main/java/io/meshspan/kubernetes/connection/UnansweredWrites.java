package io.meshspan.kubernetes.connection;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * The writes to one API server without an answer, or with an unclear one. The API server may execute such a write long after
 * this service gave up, even after a successful retry. If no connection was made, nothing was sent; but the client does not
 * report that for its last attempt, so it counts, too. Leases do not count: they are written with the version that was read,
 * so a late write is refused.
 */
public final class UnansweredWrites implements Interceptor {

    private static final int SERVER_ERROR = 500;

    /** The API server, or a proxy before it, did not start the write. */
    private static final int UNAVAILABLE = 503;

    private static final Duration LONG_AGO = Duration.ofDays(1);

    private final Map<UUID, Long> open = new ConcurrentHashMap<>();
    private final AtomicReference<Optional<Long>> lastLost = new AtomicReference<>(Optional.empty());

    /** The last call before a request is sent, and the first one with the request's final id (7.5). */
    @Override
    public AsyncBody.Consumer<List<ByteBuffer>> consumer(
            AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
        if (writes(request)) {
            open.put(request.id(), System.nanoTime());
        }
        return consumer;
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        Long sent = open.remove(request.id());
        if (sent != null && response.code() >= SERVER_ERROR && response.code() != UNAVAILABLE) {
            lost(sent);
        }
    }

    /** The time since the newest of them was sent; old ones are forgotten. */
    public Optional<Duration> youngest() {
        long now = System.nanoTime();
        open.values().removeIf(sent -> now - sent > LONG_AGO.toNanos());
        Stream<Long> lost = Objects.requireNonNull(lastLost.get()).stream();
        return Stream.concat(open.values().stream(), lost)
                .map(sent -> Duration.ofNanos(now - sent))
                .min(Duration::compareTo);
    }

    private void lost(long sent) {
        lastLost.accumulateAndGet(
                Optional.of(sent),
                (last, another) -> last.filter(before -> before - sent > 0).or(() -> another));
    }

    private static boolean writes(HttpRequest request) {
        String uri = request.uri().toString();
        return !request.method().equals("GET")
                && !uri.contains("dryRun=")
                && !uri.contains("/apis/coordination.k8s.io/")
                && !uri.contains("/apis/authorization.k8s.io/");
    }
}

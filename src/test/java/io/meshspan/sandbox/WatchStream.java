package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One watch: what its selectors let through, in the order of the store's versions. All events of a cluster leave by one
 * thread, for the web server keeps no order between its own thread and others.
 */
final class WatchStream extends WebSocketListener {

    private final Store store;
    private final Executor sender;
    private final Target target;
    private final Predicate<com.fasterxml.jackson.databind.JsonNode> selected;
    private final String since;
    private final Consumer<ObjectChange> listener = this::hear;
    private volatile @Nullable WebSocket socket;

    WatchStream(Store store, Executor sender, Target target, ApiRequest request) {
        this.store = store;
        this.sender = sender;
        this.target = target;
        this.selected = Selector.of(request.parameter("labelSelector"), request.parameter("fieldSelector"));
        String version = request.parameter("resourceVersion");
        this.since = version == null ? "" : version;
    }

    @Override
    public void onOpen(WebSocket webSocket, Response response) {
        socket = webSocket;
        if (since.isEmpty() || since.equals("0")) {
            store.listenFromNow(listener);
        } else if (!store.listenAfter(Long.parseLong(since), listener)) {
            ObjectNode gone = Json.object()
                    .put("kind", "Status")
                    .put("apiVersion", "v1")
                    .put("status", "Failure")
                    .put("reason", "Expired")
                    .put("message", "too old resource version")
                    .put("code", 410);
            send("ERROR", gone);
        }
    }

    private void hear(ObjectChange objectChange) {
        Key key = objectChange.key();
        boolean mine = target.resource().is(key.group(), key.plural())
                && (target.namespace().isEmpty() || target.namespace().equals(key.namespace()))
                && (target.name().isEmpty() || target.name().equals(key.name()));
        if (!mine) {
            return;
        }
        boolean before = objectChange.before() != null && selected.test(objectChange.before());
        ObjectNode after = objectChange.after();
        if (after != null && selected.test(after)) {
            send(before ? "MODIFIED" : "ADDED", after);
        } else if (before && objectChange.before() != null) {
            send("DELETED", objectChange.before());
        }
    }

    private void send(String type, ObjectNode object) {
        ObjectNode event = Json.object().put("type", type);
        event.set(
                "object",
                object.path("kind").asText().equals("Status") ? object : ObjectReads.view(target.resource(), object));
        try {
            sender.execute(() -> {
                WebSocket to = socket;
                if (to != null) {
                    to.send(event.toString());
                }
            });
        } catch (RejectedExecutionException stopped) {
            store.forget(listener);
        }
    }

    @Override
    public void onClosing(WebSocket webSocket, int code, String reason) {
        store.forget(listener);
    }

    @Override
    public void onClosed(WebSocket webSocket, int code, String reason) {
        store.forget(listener);
    }

    @Override
    public void onFailure(WebSocket webSocket, Throwable error, Response response) {
        store.forget(listener);
    }
}

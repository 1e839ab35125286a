package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Predicate;

/** Get and list. */
final class ObjectReads {

    private final Store store;

    ObjectReads(Store store) {
        this.store = store;
    }

    ObjectNode get(Target target) {
        ObjectNode found = store.get(target.key()).orElseThrow(() -> StatusBody.notFound(target.described()));
        return view(target.resource(), found);
    }

    ObjectNode list(Target target, ApiRequest request) {
        Predicate<JsonNode> selected =
                Selector.of(request.parameter("labelSelector"), request.parameter("fieldSelector"));
        Resource resource = target.resource();
        ObjectNode list = Json.object().put("apiVersion", resource.apiVersion()).put("kind", resource.kind() + "List");
        ArrayNode items = list.putArray("items");
        synchronized (store) {
            list.putObject("metadata").put("resourceVersion", Long.toString(store.version()));
            store.list(resource.group(), resource.plural(), target.namespace()).stream()
                    .filter(selected)
                    .forEach(object -> items.add(view(resource, object)));
        }
        return list;
    }

    /** The object in the version that the client asked for. */
    static ObjectNode view(Resource resource, ObjectNode stored) {
        return stored.path("apiVersion").asText().equals(resource.apiVersion())
                ? stored
                : stored.deepCopy().put("apiVersion", resource.apiVersion());
    }
}

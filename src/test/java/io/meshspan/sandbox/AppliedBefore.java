package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What each field manager applied last to each object: the memory by which server-side apply knows what was left out. */
final class AppliedBefore {

    private final Map<String, Map<String, ObjectNode>> byUid = new ConcurrentHashMap<>();

    JsonNode get(JsonNode object, String manager) {
        return byUid.getOrDefault(Json.uid(object), Map.of()).getOrDefault(manager, Json.object());
    }

    void remember(JsonNode object, String manager, ObjectNode applied) {
        byUid.computeIfAbsent(Json.uid(object), uid -> new ConcurrentHashMap<>())
                .put(manager, applied);
    }

    void forget(ObjectChange objectChange) {
        if (objectChange.after() == null && objectChange.before() != null) {
            byUid.remove(Json.uid(objectChange.before()));
        }
    }
}

package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Server-side apply without a record of owners a field: what one manager applies is laid over the live object, and what
 * it applied before and left out now goes, unless somebody else has changed it since.
 */
final class Merge {

    private static final Set<String> ATOMIC_OBJECTS = Set.of("selector", "namespaceSelector", "objectSelector");
    private final boolean listsMerge;

    /** @param listsMerge whether lists with keys merge: so for built-in kinds, not for custom resources */
    Merge(boolean listsMerge) {
        this.listsMerge = listsMerge;
    }

    void apply(ObjectNode live, JsonNode before, ObjectNode applied) {
        before.properties().forEach(field -> {
            if (!applied.has(field.getKey())) {
                withdraw(live, field.getKey(), field.getValue());
            }
        });
        applied.properties().forEach(field -> {
            if (!field.getValue().isNull()) {
                lay(live, field.getKey(), before.path(field.getKey()), field.getValue());
            }
        });
    }

    private void lay(ObjectNode live, String field, JsonNode before, JsonNode value) {
        JsonNode present = live.path(field);
        if (value instanceof ObjectNode object && !ATOMIC_OBJECTS.contains(field)) {
            ObjectNode into = present instanceof ObjectNode node ? node : live.putObject(field);
            apply(into, before, object);
        } else if (value instanceof ArrayNode list && listsMerge && ListKeys.merges(field, list)) {
            layList(live, field, before, list);
        } else {
            live.set(field, value.deepCopy());
        }
    }

    private void layList(ObjectNode live, String field, JsonNode before, ArrayNode list) {
        ArrayNode into = live.path(field) instanceof ArrayNode present ? present : live.putArray(field);
        Map<String, JsonNode> wanted = byKey(field, list);
        Map<String, JsonNode> old = byKey(field, before);
        into.removeIf(item -> {
            String key = ListKeys.of(field, item);
            return old.containsKey(key) && !wanted.containsKey(key);
        });
        Map<String, JsonNode> present = byKey(field, into);
        for (JsonNode item : list) {
            String key = ListKeys.of(field, item);
            if (present.get(key) instanceof ObjectNode there && item instanceof ObjectNode object) {
                apply(there, old.getOrDefault(key, Json.object()), object);
            } else {
                ObjectNode fresh = Json.object();
                apply(fresh, Json.object(), (ObjectNode) item);
                into.add(fresh);
            }
        }
    }

    private void withdraw(ObjectNode live, String field, JsonNode before) {
        JsonNode present = live.path(field);
        if (present instanceof ObjectNode node && before instanceof ObjectNode && !ATOMIC_OBJECTS.contains(field)) {
            before.properties().forEach(inner -> withdraw(node, inner.getKey(), inner.getValue()));
            if (node.isEmpty()) {
                live.remove(field);
            }
        } else if (present instanceof ArrayNode list && listsMerge && ListKeys.merges(field, before)) {
            Map<String, JsonNode> old = byKey(field, before);
            list.removeIf(item -> old.containsKey(ListKeys.of(field, item)));
            if (list.isEmpty()) {
                live.remove(List.of(field));
            }
        } else if (present.equals(before)) {
            live.remove(field);
        }
    }

    private static Map<String, JsonNode> byKey(String field, JsonNode list) {
        Map<String, JsonNode> items = new HashMap<>();
        list.forEach(item -> items.put(ListKeys.of(field, item), item));
        return items;
    }

    /** RFC 7386, where null removes a field; lists with keys merge if that is wanted, as a strategic merge does. */
    void patch(ObjectNode live, ObjectNode patch) {
        patch.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                live.remove(field.getKey());
            } else if (value instanceof ObjectNode object) {
                patch(
                        live.path(field.getKey()) instanceof ObjectNode there ? there : live.putObject(field.getKey()),
                        object);
            } else {
                lay(live, field.getKey(), Json.object(), value);
            }
        });
    }
}

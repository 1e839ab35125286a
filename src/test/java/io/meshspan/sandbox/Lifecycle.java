package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The part of the metadata that an API server writes and no client can. */
final class Lifecycle {

    private static final String MANAGED_FIELDS = "managedFields";

    private static final List<String> SERVERS_OWN =
            List.of("uid", "creationTimestamp", "generation", "resourceVersion", "namespace", "name");

    private Lifecycle() {}

    static void born(ObjectNode object) {
        ObjectNode metadata = Json.metadata(object);
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", now());
        metadata.put("generation", 1);
        tidy(metadata);
    }

    /** Who wrote it, after whoever did before; which fields are whose is not recorded. */
    static void writtenBy(JsonNode before, ObjectNode object, String manager) {
        ArrayNode managers = Json.metadata(object).putArray(MANAGED_FIELDS);
        before.path("metadata").path(MANAGED_FIELDS).forEach(managers::add);
        if (managers.valueStream()
                .noneMatch(entry -> entry.path("manager").asText().equals(manager))) {
            managers.addObject().put("manager", manager).put("operation", "Update");
        }
    }

    /** A client may say who wrote it; one that only sends back what it read says nothing. */
    static void given(JsonNode before, ObjectNode object, @Nullable JsonNode managers) {
        if (managers != null && !managers.equals(before.path("metadata").path(MANAGED_FIELDS))) {
            Json.metadata(object).set(MANAGED_FIELDS, managers);
        }
    }

    /** Keeps what a client cannot change, and counts a generation if more than metadata and status changed. */
    static void changed(ObjectNode live, ObjectNode next) {
        ObjectNode metadata = Json.metadata(next);
        tidy(metadata);
        for (String field : SERVERS_OWN) {
            if (live.path("metadata").has(field)) {
                metadata.set(field, live.path("metadata").path(field));
            }
        }
        next.set("apiVersion", live.path("apiVersion"));
        if (!desired(live).equals(desired(next))) {
            metadata.put("generation", live.path("metadata").path("generation").asLong() + 1);
        }
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static ObjectNode desired(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        copy.remove(List.of("metadata", "status", "apiVersion"));
        return copy;
    }

    /** An API server keeps no empty labels and annotations. */
    private static void tidy(ObjectNode metadata) {
        for (String field : List.of("labels", "annotations", "finalizers", "ownerReferences")) {
            JsonNode value = metadata.path(field);
            if (value.isNull() || (value.isContainerNode() && value.isEmpty())) {
                metadata.remove(field);
            }
        }
    }
}

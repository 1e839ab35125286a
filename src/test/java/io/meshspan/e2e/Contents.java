package io.meshspan.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What Meshspan's objects in a cluster hold and whose their fields are, but for what the cluster itself counts. */
record Contents(SortedMap<String, String> objects) {

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    static Contents of(LiveCluster cluster) {
        SortedMap<String, String> objects = new TreeMap<>();
        Stream.of(ObjectKind.NAMESPACED.stream(), ObjectKind.CLUSTER_WIDE.stream(), Stream.of(ObjectKind.DEFINITION))
                .flatMap(kinds -> kinds)
                .flatMap(cluster::members)
                .forEach(found -> put(objects, found));
        put(
                objects,
                cluster.client().namespaces().withName(LiveCluster.ISTIO_SYSTEM).get());
        return new Contents(objects);
    }

    private static void put(SortedMap<String, String> objects, HasMetadata object) {
        ObjectNode content = JSON.valueToTree(object);
        content.remove("status");
        ObjectNode metadata = content.withObject("/metadata");
        metadata.remove(List.of("resourceVersion", "generation"));
        if (metadata.path("annotations") instanceof ObjectNode annotations) {
            annotations.remove("deployment.kubernetes.io/revision");
        }
        metadata.set("managedFields", ours(metadata.path("managedFields")));
        objects.put("%s %s".formatted(object.getKind(), object.getMetadata().getName()), sorted(content));
    }

    /** Which fields are Meshspan's; when it wrote them last does not matter. */
    private static JsonNode ours(JsonNode entries) {
        var ours = JSON.createArrayNode();
        entries.forEach(entry -> {
            if (Objects.equals(entry.path("manager").asText(), "meshspan")) {
                ours.add(((ObjectNode) entry).without("time"));
            }
        });
        return ours;
    }

    private static String sorted(JsonNode content) {
        return JSON.valueToTree(JSON.convertValue(content, TreeMap.class)).toString();
    }
}

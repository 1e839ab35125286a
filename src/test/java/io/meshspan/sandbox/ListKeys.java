package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The lists of built-in kinds that merge item by item, and what tells their items apart: the {@code x-kubernetes-list-map-keys}
 * of the Kubernetes API. Every other list is replaced as a whole, as all lists of Istio's kinds are.
 */
final class ListKeys {

    private static final List<String> NAME = List.of("name");
    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("containers", NAME),
            Map.entry("initContainers", NAME),
            Map.entry("env", NAME),
            Map.entry("volumes", NAME),
            Map.entry("imagePullSecrets", NAME),
            Map.entry("webhooks", NAME),
            Map.entry("matchConditions", NAME),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("conditions", List.of("type")),
            Map.entry("ownerReferences", List.of("uid")));

    private ListKeys() {}

    static boolean merges(String field, JsonNode list) {
        return KEYS.containsKey(field) || (field.equals("ports") && isPorts(list));
    }

    static String of(String field, JsonNode item) {
        if (field.equals("ports")) {
            String port = item.has("containerPort") ? "containerPort" : "port";
            return item.path(port).asText() + "/" + item.path("protocol").asText("TCP");
        }
        return KEYS.getOrDefault(field, NAME).stream()
                .map(key -> item.path(key).asText())
                .collect(Collectors.joining("/"));
    }

    private static boolean isPorts(JsonNode list) {
        JsonNode first = list.path(0);
        return first.has("containerPort") || first.has("port");
    }
}

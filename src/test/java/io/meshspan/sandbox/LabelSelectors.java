package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Kubernetes' LabelSelector: all of its labels and expressions must hold; an empty one matches everything. */
final class LabelSelectors {

    private LabelSelectors() {}

    static boolean match(JsonNode selector, Map<String, String> labels) {
        return labels.entrySet()
                        .containsAll(Json.strings(selector.path("matchLabels")).entrySet())
                && selector.path("matchExpressions").valueStream().allMatch(each -> holds(each, labels));
    }

    private static boolean holds(JsonNode expression, Map<String, String> labels) {
        String value = labels.get(expression.path("key").asText());
        boolean listed = expression
                .path("values")
                .valueStream()
                .anyMatch(each -> each.asText().equals(value));
        return switch (expression.path("operator").asText()) {
            case "In" -> listed;
            case "NotIn" -> !listed;
            case "Exists" -> value != null;
            default -> value == null;
        };
    }
}

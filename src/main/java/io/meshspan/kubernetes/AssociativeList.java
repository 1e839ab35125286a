package io.meshspan.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A list whose elements have names of their own, as containers, ports and webhooks have. */
final class AssociativeList {

    private static final String NAME = "name";

    private AssociativeList() {}

    static boolean in(JsonNode list) {
        Set<String> names = new HashSet<>();
        return list.isArray()
                && elements(list)
                        .allMatch(element -> element.path(NAME).isTextual()
                                && names.add(element.path(NAME).asText()));
    }

    static Set<String> names(JsonNode before, JsonNode after) {
        Set<String> names = new LinkedHashSet<>();
        Stream.concat(elements(before), elements(after))
                .forEach(element -> names.add(element.path(NAME).asText()));
        return names;
    }

    static JsonNode get(JsonNode list, String name) {
        return elements(list)
                .filter(element -> element.path(NAME).asText().equals(name))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}

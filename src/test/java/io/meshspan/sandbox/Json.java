package io.meshspan.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.TreeMap;

/** Objects as trees: what the stand-in API server stores and merges. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Sets the mapper up for Kubernetes' own types. */
    private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization(MAPPER, false);

    private Json() {}

    static JsonNode parse(String jsonOrYaml) {
        try {
            String body = jsonOrYaml.stripLeading();
            return body.startsWith("{") || body.startsWith("[")
                    ? MAPPER.readTree(body)
                    : KUBERNETES.unmarshal(body, JsonNode.class);
        } catch (JsonProcessingException | RuntimeException e) {
            throw StatusBody.badRequest("the body cannot be read");
        }
    }

    static ObjectNode parseObject(String jsonOrYaml) {
        if (parse(jsonOrYaml) instanceof ObjectNode object) {
            return object;
        }
        throw StatusBody.badRequest("the body is not an object");
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The tree of a model object, without what is null. */
    static ObjectNode tree(Object model) {
        return MAPPER.valueToTree(model);
    }

    static <T> T as(Class<T> type, JsonNode tree) {
        return MAPPER.convertValue(tree, type);
    }

    static Map<String, String> strings(JsonNode object) {
        Map<String, String> all = new TreeMap<>();
        object.properties().forEach(e -> all.put(e.getKey(), e.getValue().asText()));
        return all;
    }

    static ObjectNode metadata(ObjectNode object) {
        return object.withObject("/metadata");
    }

    static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    static String namespace(JsonNode object) {
        return object.path("metadata").path("namespace").asText();
    }

    static String uid(JsonNode object) {
        return object.path("metadata").path("uid").asText();
    }

    static Map<String, String> labels(JsonNode object) {
        return strings(object.path("metadata").path("labels"));
    }
}

package io.meshspan.process.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.meshspan.mesh.InputRules;
import java.util.Collection;
import java.util.Map;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * A submitted variable of whatever type, as a tree. Nothing is deserialized but JSON: anybody who may start a process
 * may submit an object of any class.
 */
final class SubmittedValue {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE_JSON = "json";

    private SubmittedValue() {}

    /** Missing if there is none, as a form leaves what nobody filled in; not so for the null of JSON. */
    static JsonNode of(@Nullable TypedValue typed) {
        if (typed instanceof SerializableValue serializable && !holdsJavaValue(serializable)) {
            String text = serializable.getValueSerialized();
            return text == null ? MissingNode.getInstance() : serialized(serializable, text);
        }
        return typed == null || typed.getValue() == null ? MissingNode.getInstance() : plain(typed.getValue());
    }

    private static JsonNode serialized(SerializableValue value, String text) {
        return TYPE_JSON.equals(value.getType().getName()) ? parsed(text) : new POJONode("an object");
    }

    private static boolean holdsJavaValue(SerializableValue value) {
        return value.isDeserialized() && (value.getValue() instanceof Collection || value.getValue() instanceof Map);
    }

    private static JsonNode plain(Object value) {
        boolean plain = value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Collection
                || value instanceof Map;
        return plain ? JSON.valueToTree(value) : new POJONode("something else");
    }

    static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return new POJONode("no JSON");
        }
    }

    /** What it is, as findings name it. */
    static String told(JsonNode value) {
        if (value.isObject()) {
            return "an object";
        }
        if (value.isArray()) {
            return "a list";
        }
        if (value.isNull()) {
            return "nothing";
        }
        if (value.isNumber()) {
            return InputRules.number(value.asText());
        }
        return value.isTextual() ? InputRules.quoted(value.asText()) : value.asText();
    }
}

package io.meshspan.process.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;

/** What a person or a pipeline submitted, of whatever type it came: nothing is known about it but its name. */
public final class Submitted {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final VariableScope scope;

    public Submitted(VariableScope scope) {
        this.scope = scope;
    }

    /** Empty if absent. */
    public String text(String name) {
        Object value = scope.getVariable(name);
        return value == null ? "" : value.toString().strip();
    }

    public boolean flag(String name) {
        return Boolean.parseBoolean(text(name));
    }

    /** A JSON array, a collection, or names separated by commas; empty if absent. */
    public List<String> list(String name) {
        Object value = scope.getVariable(name);
        if (value instanceof Collection<?> collection) {
            return collection.stream().map(String::valueOf).toList();
        }
        String text = text(name);
        return text.startsWith("[") ? array(text) : separated(text);
    }

    /** What was submitted beyond these names. */
    public List<String> unknown(Set<String> known) {
        return scope.getVariableNames().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .toList();
    }

    private static List<String> array(String text) {
        try {
            JsonNode array = JSON.readTree(text);
            return StreamSupport.stream(array.spliterator(), false)
                    .map(JsonNode::asText)
                    .toList();
        } catch (JsonProcessingException e) {
            return List.of(text);
        }
    }

    private static List<String> separated(@Nullable String text) {
        return text == null || text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(",")).map(String::strip).toList();
    }
}

package io.meshspan.engine.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.TypedValue;

/** What a person ticked in a list: a form submits it as a JSON array. */
public final class ChosenItems {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ChosenItems() {}

    /** Separated by commas; empty if nothing was ticked. */
    public static String text(VariableScope scope, String name) {
        TypedValue value = scope.getVariableTyped(name, false);
        return value == null ? "" : String.join(", ", of(value));
    }

    /** The items of a variable; empty if it is no list of texts. */
    public static List<String> of(TypedValue value) {
        return read(value).orElse(List.of());
    }

    /** Whether a variable is a list of texts, even of none. */
    public static boolean isList(TypedValue value) {
        return read(value).isPresent();
    }

    private static Optional<List<String>> read(TypedValue value) {
        String text = value instanceof SerializableValue serialized
                ? String.valueOf(serialized.getValueSerialized())
                : String.valueOf(value.getValue());
        if (!text.strip().startsWith("[")) {
            return Optional.empty();
        }
        try {
            JsonNode list = JSON.readTree(text);
            return StreamSupport.stream(list.spliterator(), false).allMatch(JsonNode::isTextual)
                    ? Optional.of(StreamSupport.stream(list.spliterator(), false)
                            .map(JsonNode::asText)
                            .toList())
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}

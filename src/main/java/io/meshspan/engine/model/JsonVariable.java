package io.meshspan.engine.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.spin.plugin.variable.SpinValues;

/** Domain values as JSON variables, which people can read in Cockpit at any length. */
public final class JsonVariable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonVariable() {}

    public static void write(VariableScope scope, String name, Object value) {
        scope.setVariable(name, of(value));
    }

    public static TypedValue of(Object value) {
        try {
            return SpinValues.jsonValue(JSON.writeValueAsString(value)).create();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "a variable of type %s could not be written"
                            .formatted(value.getClass().getSimpleName()),
                    e);
        }
    }

    public static <T> T read(VariableScope scope, String name, Class<T> type) {
        try {
            return JSON.readValue(String.valueOf(scope.getVariable(name)), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("variable %s is not a %s".formatted(name, type.getSimpleName()), e);
        }
    }
}

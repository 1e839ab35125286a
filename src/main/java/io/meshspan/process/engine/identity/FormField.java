package io.meshspan.process.engine.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.variable.type.ValueType;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * One field of a form, and what may stand in it.
 *
 * @param key the variable that it becomes
 * @param offered the values to choose from; empty for a kind of field that offers none
 */
record FormField(String key, String type, boolean required, int shortest, int longest, List<Object> offered) {

    private static final int SHOWN = 100;

    FormField {
        offered = List.copyOf(offered);
    }

    /** @param offered its values where an expression of the form computes them */
    static FormField of(JsonNode component, Optional<List<?>> offered) {
        JsonNode rules = component.path("validate");
        return new FormField(
                component.path("key").asText(),
                component.path("type").asText(),
                rules.path("required").asBoolean(),
                rules.path("minLength").asInt(0),
                rules.path("maxLength").asInt(Integer.MAX_VALUE),
                offered.map(FormField::computed).orElseGet(() -> listed(component.path("values"))));
    }

    private static List<Object> computed(List<?> options) {
        return options.stream()
                .map(option -> (Object) ((Map<?, ?>) option).get("value"))
                .toList();
    }

    private static List<Object> listed(JsonNode options) {
        return StreamSupport.stream(options.spliterator(), false)
                .map(option -> option.path("value"))
                .map(value -> value.isBoolean() ? (Object) value.asBoolean() : value.asText())
                .toList();
    }

    /** What is wrong with a value; empty if nothing is. */
    Optional<String> problem(@Nullable TypedValue given) {
        if (given != null && given.isTransient()) {
            return Optional.of("%s: expected a variable that is kept, found a transient one".formatted(key));
        }
        Optional<Object> content = Optional.ofNullable(given)
                .flatMap(FormField::content)
                .filter(value -> !(value instanceof String text && text.isBlank()));
        boolean fits = content.map(this::fits).orElse(!required);
        return fits
                ? Optional.empty()
                : Optional.of("%s: expected %s, found %s"
                        .formatted(key, expected(), content.map(this::found).orElse("nothing")));
    }

    /** The value itself, or only its type where an object would have to be made of it first. */
    static Optional<Object> content(TypedValue given) {
        return given instanceof SerializableValue || given instanceof FileValue
                ? Optional.of(given.getType())
                : Optional.ofNullable(given.getValue());
    }

    private boolean fits(Object value) {
        return switch (type) {
            case "radio", "select" -> offered.contains(value);
            case "checkbox" -> value instanceof Boolean;
            case "textfield", "textarea" ->
                value instanceof String text && text.strip().length() >= shortest && text.length() <= longest;
            default -> throw new IllegalStateException("Nobody checks a field of the kind %s yet".formatted(type));
        };
    }

    private String expected() {
        return switch (type) {
            case "radio", "select" ->
                either(offered.stream().map(Object::toString).toList());
            case "checkbox" -> "true or false";
            default ->
                "a text"
                        + (shortest > 0 ? " of %d characters or more".formatted(shortest) : "")
                        + (longest < Integer.MAX_VALUE ? ", %d characters at most".formatted(longest) : "");
        };
    }

    private static String either(List<String> values) {
        int last = values.size() - 1;
        return last < 1
                ? String.join("", values)
                : Stream.of(values.subList(0, last).stream().collect(Collectors.joining(", ")), values.get(last))
                        .collect(Collectors.joining(" or "));
    }

    private String found(Object value) {
        if (value instanceof String text) {
            return text.length() > longest
                    ? "%d characters".formatted(text.length())
                    : "\"%s\"".formatted(text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
        }
        return value instanceof Boolean || value instanceof Number
                ? String.valueOf(value)
                : "a value of the type "
                        + (value instanceof ValueType opaque
                                ? opaque.getName()
                                : value.getClass().getSimpleName());
    }
}

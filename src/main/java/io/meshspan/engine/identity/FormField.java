package io.meshspan.engine.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshspan.engine.model.ChosenItems;
import io.meshspan.mesh.Characters;
import io.meshspan.mesh.InputRules;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.variable.type.ValueType;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * A field of a form, and its valid values.
 *
 * @param key the variable that it becomes
 * @param offered the values to choose from; empty for a kind of field that offers none
 * @param labels the same in words
 */
record FormField(
        String key,
        String type,
        boolean required,
        int shortest,
        int longest,
        List<Object> offered,
        List<String> labels) {

    private static final int SHOWN = 100;
    private static final String WHEN_SHOWN = "when shown";

    FormField {
        offered = List.copyOf(offered);
        labels = List.copyOf(labels);
    }

    private record Option(Object value, String label) {}

    /** @param offered the values of the field, if an expression of the form computes them */
    static FormField of(JsonNode component, Optional<List<?>> offered) {
        JsonNode rules = component.path("validate");
        List<Option> options = offered.map(FormField::computed).orElseGet(() -> listed(component.path("values")));
        return new FormField(
                component.path("key").asText(),
                component.path("type").asText(),
                isRequired(component),
                rules.path("minLength").asInt(0),
                rules.path("maxLength").asInt(Integer.MAX_VALUE),
                options.stream().map(Option::value).toList(),
                options.stream().map(Option::label).toList());
    }

    /**
     * form-js keeps the error of a field that has been hidden since, and then no decision can be completed. So a field that can be
     * hidden is not required by form-js, but by a property of ours.
     */
    private static boolean isRequired(JsonNode component) {
        return component.path("validate").path("required").asBoolean()
                || component.path("properties").path("required").asText().equals(WHEN_SHOWN);
    }

    FormField optional() {
        return new FormField(key, type, false, shortest, longest, offered, labels);
    }

    /** An empty text is what is left of a list that was split and has nothing in it. */
    private static List<Option> computed(List<?> options) {
        return options.stream()
                .map(option -> (Map<?, ?>) option)
                .filter(option -> !"".equals(option.get("value")))
                .map(option ->
                        new Option(Objects.requireNonNull(option.get("value")), String.valueOf(option.get("label"))))
                .toList();
    }

    private static List<Option> listed(JsonNode options) {
        return StreamSupport.stream(options.spliterator(), false)
                .map(option -> {
                    JsonNode value = option.path("value");
                    return new Option(
                            value.isBoolean() ? (Object) value.asBoolean() : value.asText(),
                            option.path("label").asText());
                })
                .toList();
    }

    /** What is wrong with a value; empty if it is valid. */
    Optional<String> problem(@Nullable TypedValue given) {
        if (given != null && given.isTransient()) {
            return Optional.of("%s: expected a variable that is kept, found a transient one".formatted(key));
        }
        Optional<Object> content = Optional.ofNullable(given)
                .flatMap(FormField::content)
                .filter(value -> !(value instanceof String text && Characters.isInvisible(text)));
        boolean fits = content.map(this::fits).orElse(!required);
        return fits
                ? Optional.empty()
                : Optional.of("%s: expected %s, found %s"
                        .formatted(key, expected(), content.map(this::found).orElse("nothing")));
    }

    /** The value, or only its type if it would first have to be deserialized to an object; empty for a list without items. */
    static Optional<Object> content(TypedValue given) {
        if (given instanceof SerializableValue && ChosenItems.isList(given)) {
            List<String> chosen = ChosenItems.of(given);
            return chosen.isEmpty() ? Optional.empty() : Optional.of(chosen);
        }
        return given instanceof SerializableValue || given instanceof FileValue
                ? Optional.of(given.getType())
                : Optional.ofNullable(given.getValue());
    }

    private boolean fits(Object value) {
        return switch (type) {
            case "radio", "select" -> offered.contains(value);
            case "checklist" ->
                value instanceof List<?> items
                        && offered.containsAll(items)
                        && Set.copyOf(items).size() == items.size();
            case "checkbox" -> value instanceof Boolean;
            case "datetime" -> value instanceof String text && isDay(text);
            case "textfield", "textarea" ->
                value instanceof String text && text.strip().length() >= shortest && text.length() <= longest;
            default -> throw new IllegalStateException("Nobody checks a field of the kind %s yet".formatted(type));
        };
    }

    String kind() {
        return switch (type) {
            case "radio", "select" -> "choice";
            case "checklist" -> "choices";
            case "checkbox" -> "flag";
            case "datetime" -> "day";
            default -> "text";
        };
    }

    private static boolean isDay(String text) {
        try {
            var unused = LocalDate.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private String expected() {
        return switch (type) {
            case "radio", "select" ->
                either(offered.stream().map(Object::toString).toList());
            case "checklist" ->
                offered.isEmpty()
                        ? "nothing, since none is offered"
                        : "some of %s, each once"
                                .formatted(either(
                                        offered.stream().map(Object::toString).toList()));
            case "checkbox" -> "true or false";
            case "datetime" -> "a date such as 2026-12-31";
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
        if (value instanceof List<?> items) {
            return InputRules.list(items);
        }
        return value instanceof Boolean || value instanceof Number
                ? String.valueOf(value)
                : "a value of the type "
                        + (value instanceof ValueType opaque
                                ? opaque.getName()
                                : value.getClass().getSimpleName());
    }
}

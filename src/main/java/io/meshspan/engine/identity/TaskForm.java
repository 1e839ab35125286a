package io.meshspan.engine.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.approval.InvalidDecision;
import io.meshspan.engine.model.ChosenItems;
import io.meshspan.mesh.Characters;
import io.meshspan.mesh.InputRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngineFactory;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.GetDeployedTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.context.VariableContext;
import org.camunda.bpm.engine.variable.type.ValueType;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * The form of a task, as deployed with its diagram. It defines the fields and the values that they offer, for the person and
 * for the engine, which refuses all other fields and values. The browser's own check is not enough.
 */
final class TaskForm {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final FeelEngine FEEL = new ScalaFeelEngineFactory().createInstance();
    private static final String EXPRESSION = "=";

    private final List<JsonNode> components;
    private final VariableContext known;
    private final List<FormField> shown;
    private final List<FormField> hidden;

    private TaskForm(List<JsonNode> components, VariableContext known) {
        this.components = components;
        this.known = known;
        Map<Boolean, List<FormField>> fields = components.stream()
                .collect(Collectors.partitioningBy(
                        component -> isHidden(component, known),
                        Collectors.mapping(this::field, Collectors.toUnmodifiableList())));
        this.shown = fields.getOrDefault(false, List.of());
        this.hidden = fields.getOrDefault(true, List.of()).stream()
                .map(FormField::optional)
                .toList();
    }

    private static boolean isHidden(JsonNode component, VariableContext known) {
        return Boolean.TRUE.equals(
                evaluated(component.path("conditional").path("hide"), known).orElse(false));
    }

    /** The form as it is shown for this task now. */
    static TaskForm of(DelegateTask task) {
        CommandContext commands = Context.getCommandContext();
        return commands.runWithoutAuthorization(() -> {
            try (InputStream form = new GetDeployedTaskFormCmd(task.getId()).execute(commands)) {
                return of(JSON.readTree(form), task.getVariablesTyped(false));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    static TaskForm of(JsonNode form, VariableMap variables) {
        VariableContext known = plain(variables).asVariableContext();
        List<JsonNode> components = StreamSupport.stream(form.path("components").spliterator(), false)
                .filter(component -> component.has("key"))
                .toList();
        return new TaskForm(components, known);
    }

    private FormField field(JsonNode component) {
        return FormField.of(
                component, evaluated(component.path("valuesExpression"), known).map(options -> (List<?>) options));
    }

    /** The keys of every field, shown or hidden. */
    Set<String> keys() {
        return components.stream()
                .map(component -> component.path("key").asText())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Every field, shown or hidden, and what it offers now. */
    List<TaskQuestion.Field> questions() {
        return components.stream()
                .map(this::field)
                .map(field -> new TaskQuestion.Field(field.key(), field.kind(), field.required(), field.offered()))
                .toList();
    }

    List<FormField> shown() {
        return shown;
    }

    /**
     * A field that the form hides may be left out. Its value is stored all the same, so it must be one of the form's.
     *
     * @throws InvalidDecision with everything that is wrong, one line each
     */
    void check(VariableMap values) {
        List<String> problems = Stream.concat(shown.stream(), hidden.stream())
                .flatMap(field -> field.problem(values.getValueTyped(field.key())).stream())
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidDecision(String.join("\n", problems));
        }
    }

    private static Optional<Object> evaluated(JsonNode expression, VariableContext variables) {
        return Optional.of(expression.asText())
                .filter(text -> text.startsWith(EXPRESSION))
                .map(text -> FEEL.evaluateSimpleExpression(text.substring(EXPRESSION.length()), variables));
    }

    /** The variables that a form's expression can compare. The others are texts for display. */
    private static VariableMap plain(VariableMap variables) {
        VariableMap plain = Variables.createVariables();
        for (String name : variables.keySet()) {
            TypedValue value = variables.getValueTyped(name);
            FormField.content(value)
                    .filter(content -> !(content instanceof ValueType))
                    .ifPresent(content -> plain.putValue(name, content));
        }
        return plain;
    }

    /**
     * A field of a form, and its valid values.
     *
     * @param key the variable that it becomes
     * @param offered the values to choose from; empty for a kind of field that offers none
     */
    record FormField(String key, String type, boolean required, int shortest, int longest, List<Object> offered) {

        private static final int SHOWN = 100;

        FormField {
            offered = List.copyOf(offered);
        }

        /** @param offered the values of the field, if an expression of the form computes them */
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

        FormField optional() {
            return new FormField(key, type, false, shortest, longest, offered);
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

        private String kind() {
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
                                    .formatted(either(offered.stream()
                                            .map(Object::toString)
                                            .toList()));
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
}

package io.meshspan.engine.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.approval.InvalidDecision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
import org.camunda.bpm.engine.variable.value.TypedValue;

/**
 * The form of a task, as deployed with its diagram. It defines the fields and the values that they offer, for the person and
 * for the engine, which refuses all other fields and values. The browser's own check is not enough.
 */
final class TaskForm {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final FeelEngine FEEL = new ScalaFeelEngineFactory().createInstance();
    private static final String EXPRESSION = "=";
    private static final String DECISION = "decision";

    private final List<JsonNode> components;
    private final VariableMap variables;
    private final VariableContext known;
    private final List<FormField> shown;
    private final List<FormField> hidden;

    private TaskForm(List<JsonNode> components, VariableMap variables) {
        this.components = components;
        this.variables = variables;
        this.known = variables.asVariableContext();
        Map<Boolean, List<FormField>> fields = components.stream()
                .collect(Collectors.partitioningBy(
                        component -> isShown(component, known),
                        Collectors.mapping(this::field, Collectors.toUnmodifiableList())));
        this.shown = fields.getOrDefault(true, List.of());
        this.hidden = fields.getOrDefault(false, List.of()).stream()
                .map(FormField::optional)
                .toList();
    }

    private static boolean isShown(JsonNode component, VariableContext variables) {
        return !Boolean.TRUE.equals(
                evaluated(component.path("conditional").path("hide"), variables).orElse(false));
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
        VariableMap known = plain(variables);
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

    /** Every field that some decision asks for, and what it offers now. */
    List<TaskQuestion.Field> questions() {
        List<Object> decisions = components.stream()
                .filter(component -> component.path("key").asText().equals(DECISION))
                .flatMap(component -> field(component).offered().stream())
                .toList();
        return components.stream()
                .flatMap(component -> question(component, decisions).stream())
                .toList();
    }

    private Optional<TaskQuestion.Field> question(JsonNode component, List<Object> decisions) {
        List<Object> with = decisions.stream()
                .filter(decision -> isShown(component, decidedBy(decision)))
                .toList();
        if (decisions.isEmpty() ? !isShown(component, known) : with.isEmpty()) {
            return Optional.empty();
        }
        FormField field = field(component);
        return Optional.of(new TaskQuestion.Field(
                field.key(),
                field.kind(),
                field.required(),
                field.offered(),
                field.labels(),
                with.equals(decisions) ? List.of() : with));
    }

    private VariableContext decidedBy(Object decision) {
        VariableMap decided = Variables.createVariables();
        decided.putAll(variables);
        decided.putValue(DECISION, decision);
        return decided.asVariableContext();
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
}

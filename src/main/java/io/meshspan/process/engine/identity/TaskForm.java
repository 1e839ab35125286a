package io.meshspan.process.engine.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.approval.InvalidDecision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
 * The form that came with a task's diagram. It alone says which fields there are and which values they offer: to whoever
 * fills it in, and to the engine, which takes no others on any way. A browser's check holds for that browser only.
 */
final class TaskForm {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final FeelEngine FEEL = new ScalaFeelEngineFactory().createInstance();
    private static final String EXPRESSION = "=";

    private final Set<String> keys;
    private final List<FormField> shown;

    private TaskForm(Set<String> keys, List<FormField> shown) {
        this.keys = keys;
        this.shown = shown;
    }

    /** As it is shown for this task now. */
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
        Set<String> keys = components.stream()
                .map(component -> component.path("key").asText())
                .collect(Collectors.toUnmodifiableSet());
        List<FormField> shown = components.stream()
                .filter(component -> !Boolean.TRUE.equals(
                        evaluated(component.path("conditional").path("hide"), known)
                                .orElse(false)))
                .map(component -> FormField.of(
                        component,
                        evaluated(component.path("valuesExpression"), known).map(options -> (List<?>) options)))
                .toList();
        return new TaskForm(keys, shown);
    }

    /** Of every field, shown or hidden. */
    Set<String> keys() {
        return keys;
    }

    List<FormField> shown() {
        return shown;
    }

    /** @throws InvalidDecision with everything that is wrong, a line each */
    void check(VariableMap values) {
        List<String> problems = shown.stream()
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

    /** Those that a form's expression can compare; the others are texts to read. */
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

package io.meshspan.process.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.Stated;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.delegate.VariableScope;

/**
 * What a person or a pipeline submitted, of whatever type it came: nothing is known about it but its name. What is of a
 * wrong type is a finding, and read as if it were not there.
 */
public final class Submitted {

    static final String WHERE = "request";

    private final VariableScope scope;
    private final List<Finding> findings = new ArrayList<>();

    public Submitted(VariableScope scope) {
        this.scope = scope;
    }

    public Stated text(String name) {
        JsonNode value = value(name);
        if (isAbsent(value)) {
            return Stated.nothing(WHERE);
        }
        return value.isTextual() ? Stated.text(value.asText().strip(), WHERE) : wrong(name, "a text", value);
    }

    /** False if absent. */
    public boolean flag(String name) {
        JsonNode value = value(name);
        String text = value.asText().strip();
        boolean readable = value.isBoolean()
                || (value.isTextual() && Set.of("true", "false", "").contains(text));
        if (!readable && !isAbsent(value)) {
            wrong(name, "true or false", value);
        }
        return readable && Boolean.parseBoolean(text);
    }

    /** A JSON array, a collection, or names separated by commas; empty if absent. */
    List<Stated> list(String name) {
        JsonNode value = value(name);
        JsonNode list = value.isTextual() && value.asText().strip().startsWith("[") ? parsed(value) : value;
        if (list.isArray()) {
            return items(name, list).toList();
        }
        if (!isAbsent(list) && !list.isTextual()) {
            wrong(name, "a list of names", list);
        }
        return list.isTextual() ? separated(list.asText()) : List.of();
    }

    /** Whether something was said: a form leaves empty what nobody filled in. */
    boolean has(String name) {
        JsonNode value = value(name);
        boolean empty = (value.isArray() && value.isEmpty())
                || (value.isBoolean() && !value.asBoolean())
                || (value.isTextual() && value.asText().isBlank());
        return !empty && !isAbsent(value);
    }

    /** What was submitted beyond these names, and what was of a wrong type so far. */
    List<Finding> findings(Set<String> known) {
        Stream<Finding> unknown = scope.getVariableNames().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .map(name -> Finding.blocking(
                        WHERE,
                        name,
                        "no such field",
                        "a value",
                        "Leave it out; the fields are those of the start form."));
        return Stream.concat(unknown, findings.stream()).toList();
    }

    VariableScope scope() {
        return scope;
    }

    Stated wrong(String name, String expected, JsonNode found) {
        findings.add(Finding.blocking(
                WHERE, name, expected, SubmittedValue.told(found), "Submit it in that form, or leave it out."));
        return Stated.unreadable(WHERE);
    }

    private Stream<Stated> items(String name, JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(item -> item.isTextual() ? Stated.text(item.asText().strip(), WHERE) : wrong(name, "names", item));
    }

    private JsonNode value(String name) {
        return SubmittedValue.of(scope.getVariableTyped(name, false));
    }

    private static JsonNode parsed(JsonNode text) {
        JsonNode parsed = SubmittedValue.parsed(text.asText());
        return parsed.isArray() ? parsed : text;
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static List<Stated> separated(String text) {
        return text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(","))
                        .map(name -> Stated.text(name.strip(), WHERE))
                        .toList();
    }
}

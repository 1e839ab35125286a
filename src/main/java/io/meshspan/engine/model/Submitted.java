package io.meshspan.engine.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.Characters;
import io.meshspan.mesh.InputRules;
import io.meshspan.mesh.RequestField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * The values that a person or a pipeline submitted. Only their names are known, not their types. A value that has a wrong
 * type or breaks {@link InputRules} is a finding, and reads as absent.
 */
public final class Submitted {

    static final String WHERE = "request";

    private final Map<String, TypedValue> typed = new HashMap<>();
    private final Map<String, JsonNode> values = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private Submitted() {}

    /** The variables with which an instance was started, before any step wrote one. */
    public static Submitted with(DelegateExecution execution) {
        ExecutionEntity instance = ((ExecutionEntity) execution).getProcessInstance();
        Submitted submitted = of(instance);
        if (instance.getCaseInstanceId() != null) {
            submitted.findings.add(InputRules.unknown(WHERE, "caseInstanceId", Set.of()));
        }
        return submitted;
    }

    /** The body of a request. */
    public static Submitted of(ObjectNode body) {
        Submitted submitted = new Submitted();
        body.properties().forEach(field -> submitted.values.put(field.getKey(), field.getValue()));
        return submitted;
    }

    static Submitted of(VariableScope scope) {
        Submitted submitted = new Submitted();
        scope.getVariableNames().forEach(name -> submitted.add(name, scope.getVariableTyped(name, false)));
        return submitted;
    }

    /** What is wrong with a variable that gives the reason of a decision; empty if it is valid. */
    public static List<Finding> remarkFindings(VariableScope scope, String name) {
        Submitted submitted = new Submitted();
        submitted.add(name, scope.getVariableTyped(name, false));
        submitted.remark(name);
        return submitted.findings;
    }

    private void add(String name, @Nullable TypedValue value) {
        values.put(name, SubmittedValue.of(value));
        if (value != null) {
            typed.put(name, value);
        }
    }

    /** Empty if absent, or if it is not a text. */
    public RequestField text(String name) {
        return text(name, InputRules.LONGEST_NAME);
    }

    /** The reason of a request or a decision; empty if a reader would see nothing of it. */
    public RequestField remark(String name) {
        RequestField remark = text(name, InputRules.LONGEST_REMARK);
        return remark.readable() && Characters.isInvisible(remark.text()) ? RequestField.nothing(WHERE) : remark;
    }

    /** A text that is required. */
    public String needed(String name, String expected) {
        RequestField value = text(name);
        if (value.isAbsent()) {
            findings.add(missing(name, expected));
        }
        return value.text();
    }

    /** A flag that is required. */
    public boolean neededFlag(String name) {
        if (value(name).isMissingNode()) {
            findings.add(missing(name, "true or false"));
        }
        return flag(name);
    }

    private static Finding missing(String name, String expected) {
        return Finding.blocking(WHERE, name, expected, "nothing", "Add it.");
    }

    /** Keeps surrounding spaces, which a confirmation must not have. */
    RequestField exact(String name) {
        RequestField stripped = text(name);
        return stripped.readable() && value(name).isTextual()
                ? RequestField.text(value(name).asText(), WHERE)
                : stripped;
    }

    private RequestField text(String name, int longest) {
        JsonNode value = value(name);
        if (value.isMissingNode()) {
            return RequestField.nothing(WHERE);
        }
        return value.isTextual() ? judged(name, value.asText().strip(), longest) : wrong(name, "a text", value);
    }

    private RequestField judged(String name, String text, int longest) {
        Optional<Finding> finding = InputRules.text(WHERE, name, text, longest);
        finding.ifPresent(findings::add);
        return finding.isPresent() ? RequestField.unreadable(WHERE) : RequestField.text(text, WHERE);
    }

    /** False if absent. */
    public boolean flag(String name) {
        JsonNode value = value(name);
        if (!value.isBoolean() && !value.isMissingNode()) {
            wrong(name, "true or false", value);
        }
        return value.asBoolean() && value.isBoolean();
    }

    /** A JSON array, a collection, or names separated by commas; empty if absent. */
    List<RequestField> list(String name) {
        JsonNode value = value(name);
        JsonNode list = value.isTextual() && value.asText().strip().startsWith("[") ? parsed(value) : value;
        if (!list.isArray() && !list.isTextual() && !list.isMissingNode()) {
            return List.of(wrong(name, "a list of names", list));
        }
        List<JsonNode> items = list.isTextual() ? separated(list) : listed(list);
        if (items.size() > InputRules.MOST_CLUSTERS) {
            findings.add(InputRules.tooMany(WHERE, name, items.size()));
            return List.of(RequestField.unreadable(WHERE));
        }
        return items.stream().map(item -> item(name, item)).toList();
    }

    /** The same as texts; an item that is not a text is empty, and a finding; so is one that is named again. */
    public List<String> names(String name) {
        List<RequestField> names = list(name);
        InputRules.repeated(name, names).forEach(findings::add);
        return names.stream().map(RequestField::text).toList();
    }

    private RequestField item(String name, JsonNode item) {
        return item.isTextual()
                ? judged(name, item.asText().strip(), InputRules.LONGEST_NAME)
                : wrong(name, "names", item);
    }

    /** Whether the field has a value: a form submits unfilled fields as empty. */
    boolean has(String name) {
        JsonNode value = value(name);
        boolean empty = (value.isArray() && value.isEmpty())
                || (value.isBoolean() && !value.asBoolean())
                || (value.isTextual() && value.asText().isBlank());
        return !empty && !value.isMissingNode();
    }

    /** Whether the field was submitted at all, even empty. */
    boolean mentions(String name) {
        return values.containsKey(name);
    }

    /** The values submitted under other names, and everything wrong so far with the known ones. */
    List<Finding> findings(Set<String> known) {
        Stream<Finding> unknown = new TreeSet<>(values.keySet())
                .stream()
                        .filter(name -> !known.contains(name))
                        .map(name -> InputRules.unknown(WHERE, name, new TreeSet<>(known)));
        return Stream.concat(unknown, findings.stream()).toList();
    }

    /** @throws RequestRefused if values were submitted under other names, or if anything read so far is wrong */
    public void refuseUnlessFine(Set<String> known) {
        RequestRefused.ifAny(findings(known));
    }

    Optional<TypedValue> typed(String name) {
        return Optional.ofNullable(typed.get(name));
    }

    JsonNode value(String name) {
        return values.getOrDefault(name, SubmittedValue.of(null));
    }

    RequestField wrong(String name, String expected, JsonNode found) {
        findings.add(InputRules.wrongType(WHERE, name, expected, SubmittedValue.told(found)));
        return RequestField.unreadable(WHERE);
    }

    private static JsonNode parsed(JsonNode text) {
        JsonNode parsed = SubmittedValue.parsed(text.asText());
        return parsed.isArray() ? parsed : text;
    }

    private static List<JsonNode> listed(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    private static List<JsonNode> separated(JsonNode text) {
        return text.asText().isBlank()
                ? List.of()
                : Arrays.stream(text.asText().split(",", -1))
                        .<JsonNode>map(TextNode::valueOf)
                        .toList();
    }

    /**
     * A submitted variable of any type, as a tree. Only JSON is deserialized: anybody who may start a process may submit an
     * object of any class.
     */
    private static final class SubmittedValue {

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
            return value.isDeserialized()
                    && (value.getValue() instanceof Collection || value.getValue() instanceof Map);
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
}

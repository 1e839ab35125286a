package io.meshspan.meshfile;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.InputRules;
import io.meshspan.mesh.RequestField;
import io.meshspan.mesh.RequestedValues;
import io.meshspan.meshfile.YamlNode.Field;
import io.meshspan.meshfile.YamlNode.Flag;
import io.meshspan.meshfile.YamlNode.Mapping;
import io.meshspan.meshfile.YamlNode.Sequence;
import io.meshspan.meshfile.YamlNode.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads fields of a mapping by name and type. A field with another type or an unknown name is a finding.
 *
 * @param path the prefix of the fields' names, for example {@code clusters[1].}
 */
record FieldReader(Mapping mapping, String path, List<Finding> findings) {

    /** Absent, or a text that is not empty. */
    RequestField text(String name) {
        return find(name)
                .filter(value -> value instanceof Text text && text.text().isEmpty())
                .map(empty -> wrong(name, empty, "a text", "an empty one"))
                .orElseGet(() -> textOrEmpty(name));
    }

    /** Accepts an empty text, as Istio's own values use one for nothing. */
    RequestField textOrEmpty(String name) {
        return find(name).map(value -> text(name, value)).orElseGet(() -> RequestField.nothing(where()));
    }

    private RequestField text(String name, YamlNode value) {
        return value instanceof Text text ? judged(name, text) : wrong(name, value, "a text", value.told());
    }

    private RequestField judged(String name, Text text) {
        String where = text.place().toString();
        Optional<Finding> finding = InputRules.text(where, path + name, text.text(), InputRules.LONGEST_NAME);
        finding.ifPresent(findings::add);
        return finding.isPresent() ? RequestField.unreadable(where) : RequestField.text(text.text(), where);
    }

    /** False if absent. */
    boolean flag(String name) {
        Optional<YamlNode> value = find(name);
        value.filter(v -> !(v instanceof Flag)).ifPresent(v -> wrong(name, v, "true or false", v.told()));
        return value.filter(v -> v instanceof Flag flag && flag.is()).isPresent();
    }

    /** Empty if absent, or if it is not a list. */
    Optional<Sequence> list(String name) {
        Optional<YamlNode> value = find(name);
        value.filter(v -> !(v instanceof Sequence)).ifPresent(v -> wrong(name, v, "a list", v.told()));
        return value.filter(Sequence.class::isInstance).map(Sequence.class::cast);
    }

    /** The digits of a number, or absent. The caller checks the range. */
    RequestField number(String name) {
        return find(name)
                .map(value -> value instanceof YamlNode.Other other && other.value() != null
                        ? RequestField.text(
                                String.valueOf(other.value()), value.place().toString())
                        : wrong(name, value, "a number", value.told()))
                .orElseGet(() -> RequestField.nothing(where()));
    }

    /** The fields of a mapping; no fields if it is absent or not a mapping. */
    FieldReader fields(String name) {
        Optional<YamlNode> value = find(name);
        value.filter(v -> !(v instanceof Mapping)).ifPresent(v -> wrong(name, v, "fields", v.told()));
        Mapping below = value.filter(Mapping.class::isInstance)
                .map(Mapping.class::cast)
                .orElseGet(() -> new Mapping(Map.of(), mapping.place()));
        return new FieldReader(below, path + name + ".", findings);
    }

    /** Values of charts, by their parts. */
    RequestedValues values(String name) {
        Optional<YamlNode> value = find(name);
        return value.map(node -> new ValuesReader(findings).read(path + name, node))
                .orElseGet(() -> RequestedValues.none(where()));
    }

    void noneBut(List<String> known) {
        mapping.fields().forEach((name, field) -> {
            if (!known.contains(name)) {
                findings.add(InputRules.unknown(field.key().toString(), path + InputRules.name(name), known));
            }
        });
    }

    boolean has(String name) {
        return find(name).isPresent();
    }

    private Optional<YamlNode> find(String name) {
        return Optional.ofNullable(mapping.fields().get(name)).map(Field::value);
    }

    private RequestField wrong(String name, YamlNode value, String expected, String found) {
        String where = value.place().toString();
        findings.add(InputRules.wrongType(where, path + name, expected, found));
        return RequestField.unreadable(where);
    }

    private String where() {
        return path.isEmpty() ? SourcePosition.FILE : mapping.place().toString();
    }
}

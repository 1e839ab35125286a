package io.meshspan.meshfile;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.Stated;
import io.meshspan.meshfile.Node.Field;
import io.meshspan.meshfile.Node.Flag;
import io.meshspan.meshfile.Node.Mapping;
import io.meshspan.meshfile.Node.Sequence;
import io.meshspan.meshfile.Node.Text;
import java.util.List;
import java.util.Optional;

/**
 * Takes fields of a mapping by name and type; what is of another type, or of no known name, is a finding.
 *
 * @param path in front of the fields' names, for example {@code clusters[1].}
 */
record FieldsRead(Mapping mapping, String path, List<Finding> findings) {

    /** Absent, or a text that says something. */
    Stated text(String name) {
        return find(name)
                .filter(value -> value instanceof Text text && text.value().isEmpty())
                .map(empty -> wrong(name, empty, "a text", "an empty one"))
                .orElseGet(() -> textOrEmpty(name));
    }

    /** As Istio's own values are empty where nothing is wanted. */
    Stated textOrEmpty(String name) {
        return find(name).map(value -> text(name, value)).orElseGet(() -> Stated.nothing(where()));
    }

    private Stated text(String name, Node value) {
        return value instanceof Text text
                ? Stated.text(text.value(), value.place().toString())
                : wrong(name, value, "a text", value.told());
    }

    /** False if absent. */
    boolean flag(String name) {
        Optional<Node> value = find(name);
        value.filter(v -> !(v instanceof Flag)).ifPresent(v -> wrong(name, v, "true or false", v.told()));
        return value.filter(v -> v instanceof Flag flag && flag.value()).isPresent();
    }

    /** Empty if absent, or if it is no list. */
    Optional<Sequence> list(String name) {
        Optional<Node> value = find(name);
        value.filter(v -> !(v instanceof Sequence)).ifPresent(v -> wrong(name, v, "a list", v.told()));
        return value.filter(Sequence.class::isInstance).map(Sequence.class::cast);
    }

    void noneBut(List<String> known) {
        mapping.fields().forEach((name, field) -> {
            if (!known.contains(name)) {
                findings.add(field.key()
                        .wrong(path + name, "one of " + known, "no such field", "Correct its name, or leave it out."));
            }
        });
    }

    boolean has(String name) {
        return find(name).isPresent();
    }

    private Optional<Node> find(String name) {
        return Optional.ofNullable(mapping.fields().get(name)).map(Field::value);
    }

    private Stated wrong(String name, Node value, String expected, String found) {
        String advice = found.startsWith("the number") ? "Put it in quotes." : "Correct the value.";
        findings.add(value.place().wrong(path + name, expected, found, advice));
        return Stated.unreadable(value.place().toString());
    }

    private String where() {
        return path.isEmpty() ? Place.FILE : mapping.place().toString();
    }
}

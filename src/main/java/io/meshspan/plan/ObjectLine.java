package io.meshspan.plan;

import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.FieldChange;
import io.meshspan.kubernetes.ObjectRef;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An object of a plan as a reader sees it: equal for clusters in which the same happens to it.
 *
 * @param mark says that the API server could not be asked, or that a part is known only later
 */
record ObjectLine(ApplyOutcome outcome, ObjectRef object, List<FieldChange> changes, String note, String mark) {

    static final String NOT_ASKED = "\\*";
    static final String LATER = "†";

    /** Between the path of a field and that of a field in its text. */
    private static final String INSIDE = " › ";

    static ObjectLine of(PlannedObject object) {
        return new ObjectLine(
                object.outcome(),
                object.object(),
                object.changes(),
                object.note(),
                (object.asked() ? "" : NOT_ASKED) + (object.later() ? LATER : ""));
    }

    String kind() {
        return object.kind();
    }

    String name() {
        return place() + mark;
    }

    /** Namespace and name. */
    String place() {
        return (object.namespace() == null ? "" : object.namespace() + "/") + object.name();
    }

    /** With its fields below it. */
    String full() {
        String fields = changes.stream().map(ObjectLine::field).collect(Collectors.joining());
        return "- %s %s%s%s".formatted(kind(), name(), note.isEmpty() ? "" : ": " + note, fields);
    }

    private static String field(FieldChange change) {
        return field(FieldView.of(change), "\n    - ", "");
    }

    /** A text that holds YAML or JSON by its fields: two long texts that were cut tell nobody what changes. */
    private static String field(FieldView field, String bullet, String above) {
        String path = above + field.path();
        return field.inside().isEmpty()
                ? "%s%s: %s → %s".formatted(bullet, code(path), code(field.before()), code(field.after()))
                : field.inside().stream()
                        .map(inside -> field(inside, bullet, path + INSIDE))
                        .collect(Collectors.joining());
    }

    /** What stands in a cluster is anybody's text: none of it may look like a part of the plan. */
    static String code(String text) {
        String line = text.replaceAll("\\s+", " ").replace('`', '\'').strip();
        return "`" + (line.isEmpty() ? " " : line) + "`";
    }
}

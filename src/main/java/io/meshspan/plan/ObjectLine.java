package io.meshspan.plan;

import io.meshspan.difference.FieldChange;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.ObjectRef;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An object of a plan as text. It is equal for clusters where the same happens to it.
 *
 * @param left the fields that differ and stay as they are
 * @param mark says that the API server could not be asked, or that a part is only known later
 */
record ObjectLine(
        ApplyOutcome outcome,
        ObjectRef object,
        List<FieldView> changes,
        List<FieldView> left,
        String note,
        String mark) {

    static final String NOT_ASKED = "\\*";
    static final String LATER = "†";

    /** Separates the path of a field from the path inside its text. */
    static final String INSIDE = " › ";

    /** @param views of the fields so far: most clusters have the same */
    static ObjectLine of(PlannedObject object, Map<FieldChange, FieldView> views) {
        return new ObjectLine(
                object.outcome(),
                object.object(),
                views(object.changes(), views),
                views(object.left(), views),
                object.note(),
                (object.asked() ? "" : NOT_ASKED) + (object.later() ? LATER : ""));
    }

    private static List<FieldView> views(List<FieldChange> changes, Map<FieldChange, FieldView> views) {
        return changes.stream()
                .map(change -> views.computeIfAbsent(change, FieldView::of))
                .toList();
    }

    /** Then the legend says what its note would. */
    boolean isLater() {
        return mark.contains(LATER);
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

    /** With its changed fields below it. */
    String full() {
        return "- %s %s%s%s".formatted(kind(), name(), note.isEmpty() ? "" : ": " + note, fields());
    }

    /** A line for each changed field. */
    String fields() {
        return changes.stream().map(field -> field(field, "\n    - ", "")).collect(Collectors.joining());
    }

    /** Shows YAML or JSON in a text field by field: two long texts that are cut do not show what changes. */
    private static String field(FieldView field, String bullet, String above) {
        String path = above + field.path();
        return field.inside().isEmpty()
                ? "%s%s: %s → %s".formatted(bullet, code(path), code(field.before()), code(field.after()))
                : field.inside().stream()
                        .map(inside -> field(inside, bullet, path + INSIDE))
                        .collect(Collectors.joining());
    }

    /** The content of a cluster can be any text; none of it may look like a part of the plan. */
    static String code(String text) {
        String line = text.replaceAll("\\s+", " ").replace('`', '\'').strip();
        return "`" + (line.isEmpty() ? " " : line) + "`";
    }
}

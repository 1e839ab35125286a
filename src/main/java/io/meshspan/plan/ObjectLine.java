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
        return "\n    - %s: %s → %s".formatted(code(change.path()), code(change.before()), code(change.after()));
    }

    /** What stands in a cluster is anybody's text: none of it may look like a part of the plan. */
    static String code(String text) {
        String line = text.replaceAll("\\s+", " ").replace('`', '\'').strip();
        return "`" + (line.isEmpty() ? " " : line) + "`";
    }
}

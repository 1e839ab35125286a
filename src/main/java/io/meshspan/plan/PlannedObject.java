package io.meshspan.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.meshspan.difference.FieldChange;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.DryRunResult;
import io.meshspan.kubernetes.ObjectRef;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One object of a plan.
 *
 * @param outcome CREATED, PATCHED, UNCHANGED or DELETED
 * @param changes if it is PATCHED; fingerprints instead of values for a Secret
 * @param left the fields that differ from the desired object and stay as they are
 * @param desired a fingerprint of the desired content
 * @param later whether a part of it is only known while the change runs
 * @param asked false if the API server could not be asked: the namespace or the kind does not exist yet
 * @param note for the reader; may be empty
 * @param state as in {@link io.meshspan.kubernetes.Cluster#states}, when the plan was made; null if it did not exist
 */
public record PlannedObject(
        Step step,
        ObjectRef object,
        ApplyOutcome outcome,
        List<FieldChange> changes,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldChange> left,
        String desired,
        boolean later,
        boolean asked,
        String note,
        @Nullable String state) {

    public PlannedObject {
        changes = List.copyOf(changes);
        left = List.copyOf(Objects.requireNonNullElse(left, List.of())); // most recorded plans have none
    }

    /** Nothing that differs stays. */
    public PlannedObject(
            Step step,
            ObjectRef object,
            ApplyOutcome outcome,
            List<FieldChange> changes,
            String desired,
            boolean later,
            boolean asked,
            String note,
            @Nullable String state) {
        this(step, object, outcome, changes, List.of(), desired, later, asked, note, state);
    }

    static PlannedObject of(DesiredObject desiredObject, DryRunResult dryRunResult, @Nullable String state) {
        return new PlannedObject(
                desiredObject.step(),
                desiredObject.object(),
                dryRunResult.outcome(),
                dryRunResult.changes(),
                dryRunResult.left(),
                desiredObject.desired(),
                desiredObject.later(),
                dryRunResult.dryRun(),
                desiredObject.note(),
                state);
    }

    /** A changed field for readers: a field inside of a text in YAML or JSON is named by its path in both. */
    public record ShownField(String path, String before, String after) {}

    /** The changed fields for readers. */
    public List<ShownField> shownFields() {
        return shown(changes);
    }

    private static List<ShownField> shown(List<FieldChange> fields) {
        return fields.stream()
                .flatMap(change -> shown("", FieldView.of(change)))
                .toList();
    }

    /** The fields that differ and stay, as people read them: "before" is the present value. */
    List<ShownField> leftFields() {
        return shown(left);
    }

    private static Stream<ShownField> shown(String above, FieldView field) {
        String path = above + field.path();
        return field.inside().isEmpty()
                ? Stream.of(new ShownField(path, field.before(), field.after()))
                : field.inside().stream().flatMap(inside -> shown(path + ObjectLine.INSIDE, inside));
    }

    /** Its outcome as text, for example {@code change spec.replicas: 1 → 2}. */
    String inWords() {
        return switch (outcome) {
            case CREATED -> "create";
            case UNCHANGED, KEPT -> "leave as it is";
            case DELETED -> "delete";
            case PATCHED ->
                "change "
                        + String.join(
                                "; ",
                                changes.stream().map(FieldChange::toString).toList());
        };
    }
}

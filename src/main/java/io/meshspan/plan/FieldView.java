package io.meshspan.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.github.difflib.text.DiffRow;
import com.github.difflib.text.DiffRowGenerator;
import io.meshspan.difference.FieldChange;
import io.meshspan.difference.StructuredText;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A field that a plan changes. YAML and JSON values are compared field by field, other text of several lines line by line.
 *
 * @param wholeBefore the full old value; null if {@code before} is complete, or if it is hidden
 * @param wholeAfter the full new value
 * @param inside the changed fields inside the value; empty if it is not YAML or JSON
 * @param lines the value line by line; empty if it is one line, or if {@code inside} shows the difference
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record FieldView(
        String path,
        String before,
        String after,
        @Nullable String wholeBefore,
        @Nullable String wholeAfter,
        List<FieldView> inside,
        List<Line> lines) {

    /** The maximum depth of texts inside texts. */
    private static final int DEEPEST = 3;

    private static final DiffRowGenerator BY_LINE = DiffRowGenerator.create()
            .showInlineDiffs(false)
            .lineNormalizer(line -> line)
            .build();

    /** @param was {@code "+"} for an added line, {@code "-"} for a removed one, a blank for an unchanged one */
    record Line(String was, String text) {}

    /** Two texts with the same differences are equal here, although their other fields may differ: each cluster has its name. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldView view
                && path.equals(view.path)
                && inside.equals(view.inside)
                && (!inside.isEmpty() || (before.equals(view.before) && after.equals(view.after)));
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, inside);
    }

    static FieldView of(FieldChange change) {
        return of(change, 0);
    }

    private static FieldView of(FieldChange change, int depth) {
        String before = Objects.requireNonNullElse(change.wholeBefore(), change.before());
        String after = Objects.requireNonNullElse(change.wholeAfter(), change.after());
        List<FieldChange> nested = depth < DEEPEST ? StructuredText.changes(before, after) : List.of();
        // A list that differs as a whole says no more about itself.
        List<FieldView> inside = nested.stream().anyMatch(field -> field.path().isEmpty())
                ? List.of()
                : nested.stream().map(field -> of(field, depth + 1)).toList();
        return new FieldView(
                change.path(),
                change.before(),
                change.after(),
                readable(change.wholeBefore(), change.before()),
                readable(change.wholeAfter(), change.after()),
                inside,
                inside.isEmpty() ? lines(before, after) : List.of());
    }

    /** The full value, if it has more than the shown one. */
    private static @Nullable String readable(@Nullable String whole, String shown) {
        String text = StructuredText.readable(Objects.requireNonNullElse(whole, shown));
        return text.equals(shown) ? null : text;
    }

    private static List<Line> lines(String before, String after) {
        if (!before.contains("\n") || !after.contains("\n")) {
            return List.of();
        }
        return BY_LINE.generateDiffRows(before.lines().toList(), after.lines().toList()).stream()
                .flatMap(row -> lines(row).stream())
                .toList();
    }

    private static List<Line> lines(DiffRow row) {
        Line old = new Line("-", row.getOldLine());
        Line next = new Line("+", row.getNewLine());
        return switch (row.getTag()) {
            case EQUAL -> List.of(new Line(" ", row.getOldLine()));
            case DELETE -> List.of(old);
            case INSERT -> List.of(next);
            case CHANGE -> List.of(old, next);
        };
    }
}

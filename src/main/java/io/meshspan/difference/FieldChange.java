package io.meshspan.difference;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A field of an object that an apply would change. Two changes are equal if their paths and shown values are equal;
 * shortened values contain a fingerprint.
 *
 * @param path as people write it, list elements by their name where they have one:
 *     {@code spec.template.spec.containers[discovery].image}
 * @param before the current value, shortened; {@code nothing} if the field is absent, a fingerprint in a Secret
 * @param after the new value, in the same form
 * @param wholeBefore the full value if {@code before} is shortened; never for a Secret
 * @param wholeAfter the same for {@code after}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FieldChange(
        String path,
        String before,
        String after,
        @Nullable String wholeBefore,
        @Nullable String wholeAfter) {

    public FieldChange(String path, String before, String after) {
        this(path, before, after, null, null);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldChange change
                && path.equals(change.path)
                && before.equals(change.before)
                && after.equals(change.after);
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, before, after);
    }

    /** On one line. */
    @Override
    public String toString() {
        return "%s: %s → %s".formatted(path, before, after).replaceAll("\\s+", " ");
    }
}

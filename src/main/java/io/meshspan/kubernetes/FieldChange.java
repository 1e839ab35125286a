package io.meshspan.kubernetes;

/**
 * One field of an object that an apply would change.
 *
 * @param path as people write it, list elements by their name where they have one:
 *     {@code spec.template.spec.containers[discovery].image}
 * @param before what stands there, shortened; {@code nothing} where the field is absent, a fingerprint in a Secret
 * @param after what would stand there, in the same form
 */
public record FieldChange(String path, String before, String after) {

    /** On one line. */
    @Override
    public String toString() {
        return "%s: %s → %s".formatted(path, before, after).replaceAll("\\s+", " ");
    }
}

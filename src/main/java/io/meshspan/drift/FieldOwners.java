package io.meshspan.drift;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.meshspan.drift.DriftedObject.FieldWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The owners of an object's fields, from {@code managedFields}. Entries of subresources do not count. */
final class FieldOwners {

    private final List<ManagedFieldsEntry> entries;

    FieldOwners(HasMetadata live) {
        this.entries = live.getMetadata().getManagedFields().stream()
                .filter(entry -> entry.getManager() != null)
                .filter(entry ->
                        Objects.requireNonNullElse(entry.getSubresource(), "").isEmpty())
                .toList();
    }

    /** The writers of a field; empty if it has no owner, for example because it was removed. */
    List<FieldWriter> of(String path) {
        return entries.stream()
                .filter(entry ->
                        entry.getFieldsV1() != null && holds(entry.getFieldsV1().getAdditionalProperties(), path))
                .map(FieldOwners::writer)
                .toList();
    }

    List<FieldWriter> all(Predicate<String> manager) {
        return entries.stream()
                .filter(entry -> manager.test(entry.getManager()))
                .map(FieldOwners::writer)
                .toList();
    }

    /** The fields of these writers, as {@code managedFields} names them; leaves only. */
    List<String> fields(Predicate<String> manager) {
        return entries.stream()
                .filter(entry -> manager.test(entry.getManager()) && entry.getFieldsV1() != null)
                .flatMap(entry -> leaves("", entry.getFieldsV1().getAdditionalProperties()))
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<String> leaves(String path, Map<?, ?> fields) {
        return fields.entrySet().stream().flatMap(field -> {
            String name = String.valueOf(field.getKey());
            String below = name.startsWith("f:") ? path + (path.isEmpty() ? "" : ".") + name.substring(2) : path;
            return field.getValue() instanceof Map<?, ?> inside && !inside.isEmpty()
                    ? leaves(below, inside)
                    : name.equals(".") ? Stream.empty() : Stream.of(below);
        });
    }

    private static FieldWriter writer(ManagedFieldsEntry entry) {
        return new FieldWriter(
                entry.getManager(),
                Objects.requireNonNullElse(entry.getOperation(), ""),
                Objects.requireNonNullElse(entry.getTime(), ""));
    }

    /** A field without fields of its own belongs to its writer as a whole. */
    private static boolean holds(Map<?, ?> fields, String path) {
        return fields.entrySet().stream()
                .anyMatch(field -> field.getValue() instanceof Map<?, ?> inside
                        && rest(String.valueOf(field.getKey()), path)
                                .filter(rest -> rest.isEmpty() || inside.isEmpty() || holds(inside, rest))
                                .isPresent());
    }

    /**
     * The path below a key; empty if the path does not contain the key. Names may contain dots, so a path is never
     * split at dots.
     */
    private static Optional<String> rest(String key, String path) {
        if (path.startsWith("[")) {
            int end = path.indexOf(']');
            boolean same = end > 0 && key.startsWith("k:") && key.contains('"' + path.substring(1, end) + '"');
            return same ? Optional.of(after(path.substring(end + 1))) : Optional.empty();
        }
        String name = key.startsWith("f:") ? key.substring(2) : "";
        boolean through =
                !name.isEmpty() && (path.equals(name) || path.startsWith(name + ".") || path.startsWith(name + "["));
        return through ? Optional.of(after(path.substring(name.length()))) : Optional.empty();
    }

    private static String after(String path) {
        return path.startsWith(".") ? path.substring(1) : path;
    }
}

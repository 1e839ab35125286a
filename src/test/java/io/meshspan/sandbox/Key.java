package io.meshspan.sandbox;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;

/** Where an object is stored: without the version, for all versions of a kind are views of one object. */
record Key(String group, String plural, String namespace, String name) implements Comparable<Key> {

    private static final Comparator<Key> ORDER = Comparator.comparing(Key::group)
            .thenComparing(Key::plural)
            .thenComparing(Key::namespace)
            .thenComparing(Key::name);

    static Key of(Class<? extends HasMetadata> type, String namespace, String name) {
        return new Key(HasMetadata.getGroup(type), HasMetadata.getPlural(type), namespace, name);
    }

    static Key of(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        return of(
                object.getClass(),
                namespace == null ? "" : namespace,
                object.getMetadata().getName());
    }

    @Override
    public String toString() {
        return "%s.%s %s/%s".formatted(plural, group, namespace, name);
    }

    @Override
    public int compareTo(Key other) {
        return ORDER.compare(this, other);
    }
}

package io.meshspan.approval;

import java.util.Collection;
import java.util.Set;

/** A person, with their current groups in the identity service. */
public record Person(String id, Set<String> groups) {

    public Person {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a person has an id");
        }
        groups = Set.copyOf(groups);
    }

    public Person(String id, Collection<String> groups) {
        this(id, Set.copyOf(groups));
    }

    boolean inOneOf(Set<String> others) {
        return groups.stream().anyMatch(others::contains);
    }
}

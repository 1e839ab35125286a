package io.meshspan.approval;

import java.util.Collection;
import java.util.Set;

/**
 * Somebody with the groups that the identity service knows of at this moment.
 *
 * @param email empty if nobody knows one
 * @param serviceAccount whether it is a program that comes by itself, which asks for changes and decides on none
 */
public record Person(String id, String name, String email, Set<String> groups, boolean serviceAccount) {

    public Person {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a person has an id");
        }
        groups = Set.copyOf(groups);
    }

    public Person(String id, Collection<String> groups) {
        this(id, id, "", Set.copyOf(groups), false);
    }

    /** The same email is the same human, whatever their accounts are called. */
    boolean sharesEmailWith(Person other) {
        return !email.isBlank() && email.strip().equalsIgnoreCase(other.email().strip());
    }

    boolean inOneOf(Set<String> others) {
        return groups.stream().anyMatch(others::contains);
    }
}

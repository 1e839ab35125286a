package io.meshspan.web.changes;

import io.meshspan.process.engine.identity.Groups;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Somebody who wants to read about changes; every role may. */
record Reader(String id, List<String> groups) {

    private static final String ADMINISTRATORS = org.camunda.bpm.engine.authorization.Groups.CAMUNDA_ADMIN;
    private static final Set<String> ROLES =
            Set.of(Groups.OPERATORS, Groups.CHANGE_MANAGERS, Groups.AUDITORS, ADMINISTRATORS);

    Reader(String id, Collection<String> groups) {
        this(id, List.copyOf(groups));
    }

    boolean mayRead() {
        return groups.stream().anyMatch(ROLES::contains);
    }
}

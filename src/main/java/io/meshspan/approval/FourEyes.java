package io.meshspan.approval;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rule of four eyes for one change. It knows the requester and the deciding groups, and refuses everybody else, also
 * administrators.
 *
 * @param requester who started the change; if empty, nobody can be sure that the decider is somebody else
 * @param deciders the groups whose members may decide
 */
public record FourEyes(Optional<Person> requester, Set<String> deciders) {

    public FourEyes {
        deciders = Set.copyOf(deciders);
    }

    /**
     * Checks whether the person may hold the task, claimed or assigned.
     *
     * @throws ApprovalRefused with the reason, and who may instead
     */
    public void checkHolder(Person person) {
        Person asked = requester.orElseThrow(() -> new ApprovalRefused(
                "The requester of this change is unknown, so nobody can approve it; start it again as yourself"));
        // Directories such as LDAP let the same person in under any spelling.
        if (person.id().equalsIgnoreCase(asked.id())) {
            throw new ApprovalRefused("%s asked for this change and cannot approve it; another member of %s must decide"
                    .formatted(asked.name(), groups()));
        }
        if (person.sharesEmailWith(asked)) {
            throw new ApprovalRefused(
                    "%s has the same email as %s, who asked for this change, and cannot approve it; another member of %s must decide"
                            .formatted(person.name(), asked.name(), groups()));
        }
        if (person.serviceAccount()) {
            throw new ApprovalRefused(
                    "%s is a service account and cannot decide: a member of %s must. Whoever is a person signs in once in a browser first"
                            .formatted(person.name(), groups()));
        }
        if (!person.inOneOf(deciders)) {
            throw new ApprovalRefused(
                    "%s cannot decide on this change; a member of %s must".formatted(person.name(), groups()));
        }
    }

    /**
     * Checks whether the decision is valid.
     *
     * @param person who submits it, as authenticated
     * @param holder who holds the task
     * @throws ApprovalRefused with the reason, and what to do
     */
    public void checkDecision(Optional<Person> person, Optional<String> holder) {
        Person decider = person.orElseThrow(
                () -> new ApprovalRefused("A decision needs a person: log in as a member of " + groups()));
        checkHolder(decider);
        String held = holder.orElseThrow(() -> new ApprovalRefused("Claim the task first, then decide"));
        if (!held.equals(decider.id())) {
            throw new ApprovalRefused("%s holds this task; only %s can decide".formatted(held, held));
        }
    }

    private String groups() {
        return deciders.isEmpty()
                ? "a group that the task does not name"
                : String.join(" or ", new TreeSet<>(deciders));
    }
}

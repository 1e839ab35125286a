package io.meshspan.web.changes;

/** Somebody without a role. */
final class NotAllowed extends RuntimeException {

    NotAllowed(String person) {
        super("%s has none of the roles that may read changes: operators, change-managers, auditors".formatted(person));
    }
}

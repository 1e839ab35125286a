package io.meshspan.web.changes;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the last attempt of a step failed with.
 *
 * @param job by which it is repeated
 * @param attemptsLeft none: it is an incident, and rests until a person has it repeated
 * @param again when it is repeated by itself
 * @param noDecision why no person can decide what becomes of it; null where one can
 */
record StepFault(
        String job,
        String message,
        int attemptsLeft,
        @Nullable Instant again,
        @Nullable String noDecision) {

    boolean rests() {
        return attemptsLeft == 0;
    }
}

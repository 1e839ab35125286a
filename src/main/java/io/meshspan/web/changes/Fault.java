package io.meshspan.web.changes;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the last attempt of a step failed with.
 *
 * @param job by which it is repeated
 * @param attemptsLeft none: it is an incident, and rests until a person has it repeated
 * @param again when it is repeated by itself
 */
record Fault(
        String job,
        String message,
        int attemptsLeft,
        @Nullable Instant again) {

    boolean rests() {
        return attemptsLeft == 0;
    }
}

package io.meshspan.web.changes;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why the last attempt of a step failed.
 *
 * @param job the job to retry
 * @param attemptsLeft 0 means an incident: it waits until a person retries it
 * @param again when the engine retries it
 * @param noDecision why no person can decide about it; null if one can
 */
record StepFault(
        String job,
        String message,
        int attemptsLeft,
        @Nullable Instant again,
        @Nullable String noDecision) {}

package io.meshspan.process.wait;

import io.meshspan.engine.model.VariableNames;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;

/**
 * Nobody is asked while fewer and fewer things are missing: with many clusters all of them need longer than one. Only fewer
 * than ever before count, so what comes and goes prolongs nothing.
 */
final class WaitProgress {

    private WaitProgress() {}

    /** Moves the end of the wait if fewer things are missing than before. */
    static void saw(int missing, VariableScope wait, Duration limit, Instant now) {
        Integer least = least(wait);
        if (least == null || missing < least) {
            wait.setVariable(VariableNames.WAIT_MISSING, missing);
        }
        if (least != null && missing < least) {
            wait.setVariable(VariableNames.WAIT_UNTIL, Date.from(now.plus(limit)));
        }
    }

    static String expected(VariableScope wait, Duration limit) {
        String within = "within %d s".formatted(limit.toSeconds());
        return least(wait) == null ? within : within + ", or longer while fewer and fewer are missing";
    }

    /** Continues what a condition says of itself. */
    static String found(VariableScope wait, Duration limit) {
        Integer least = least(wait);
        return least == null ? "" : ": %d missing, and no fewer for %d s".formatted(least, limit.toSeconds());
    }

    private static @Nullable Integer least(VariableScope wait) {
        return (Integer) wait.getVariable(VariableNames.WAIT_MISSING);
    }
}

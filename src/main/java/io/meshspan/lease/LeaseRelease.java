package io.meshspan.lease;

import java.util.Optional;

/**
 * The result of releasing one cluster.
 *
 * @param other the change that had already taken it; empty if there is none
 */
public record LeaseRelease(Result result, String other) {

    /** The result, in the words of the record. */
    public enum Result {
        RELEASED,
        RUNS_OUT,
        LOST
    }

    static final LeaseRelease RELEASED = new LeaseRelease(Result.RELEASED, "");
    static final LeaseRelease RUNS_OUT = new LeaseRelease(Result.RUNS_OUT, "");

    /** If no change has it, it counts as released. */
    static LeaseRelease lostTo(Optional<String> other) {
        return other.map(holder -> new LeaseRelease(Result.LOST, holder)).orElse(RELEASED);
    }
}

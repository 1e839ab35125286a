package io.meshspan.lease;

import java.util.Optional;

/**
 * What came of giving one cluster back.
 *
 * @param other who had it already; empty if nobody did
 */
public record LeaseRelease(Result result, String other) {

    /** What came of it, as the record says it. */
    public enum Result {
        RELEASED,
        RUNS_OUT,
        LOST
    }

    static final LeaseRelease RELEASED = new LeaseRelease(Result.RELEASED, "");
    static final LeaseRelease RUNS_OUT = new LeaseRelease(Result.RUNS_OUT, "");

    /** One that nobody has is as good as released. */
    static LeaseRelease lostTo(Optional<String> other) {
        return other.map(holder -> new LeaseRelease(Result.LOST, holder)).orElse(RELEASED);
    }
}

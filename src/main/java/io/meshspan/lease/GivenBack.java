package io.meshspan.lease;

import java.util.Optional;

/**
 * What came of giving one cluster back.
 *
 * @param other who had it already; empty if nobody did
 */
public record GivenBack(Result result, String other) {

    /** What came of it, as the record says it. */
    public enum Result {
        RELEASED,
        RUNS_OUT,
        LOST
    }

    static final GivenBack RELEASED = new GivenBack(Result.RELEASED, "");
    static final GivenBack RUNS_OUT = new GivenBack(Result.RUNS_OUT, "");

    /** One that nobody has is as good as released. */
    static GivenBack lostTo(Optional<String> other) {
        return other.map(holder -> new GivenBack(Result.LOST, holder)).orElse(RELEASED);
    }
}

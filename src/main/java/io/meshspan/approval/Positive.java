package io.meshspan.approval;

import java.time.Duration;

/** Durations after which something ends must not be over before they begin. */
final class Positive {

    private Positive() {}

    static void check(String name, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("%s must be longer than nothing, not %s".formatted(name, duration));
        }
    }
}

package io.meshspan.process;

import java.time.Duration;

/**
 * How bad it gets. Briefly in the ordinary tests; with {@code -Dmeshspan.faults=full} as long as things take in the world,
 * and with the limits that Meshspan is delivered with.
 *
 * @param answerWithin the limit of a call
 * @param late how long a late answer takes
 * @param blackout how long a cluster is away, and how long the database is
 * @param patience how long a change may take to get over it
 * @param retries when a step is tried again; as often as in the world
 */
record InjectedFailure(
        long seed, Duration answerWithin, Duration late, Duration blackout, Duration patience, String retries) {

    static InjectedFailure asTold() {
        long seed = Long.getLong("meshspan.faults.seed", 1830);
        return isFull()
                ? new InjectedFailure(
                        seed,
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(7),
                        "PT1S,PT2S,PT5S,PT10S,PT20S,PT30S,PT60S")
                : new InjectedFailure(
                        seed,
                        Duration.ofMillis(800),
                        Duration.ofMillis(400),
                        Duration.ofSeconds(4),
                        Duration.ofMinutes(2),
                        "PT1S,PT1S,PT1S,PT1S,PT2S,PT2S,PT3S");
    }

    static boolean isFull() {
        return "full".equals(System.getProperty("meshspan.faults"));
    }
}

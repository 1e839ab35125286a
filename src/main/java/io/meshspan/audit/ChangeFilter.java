package io.meshspan.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which changes to list; null means any.
 *
 * @param person who requested it or acted in it
 * @param outcome its end, or {@code running}
 * @param process by which it was asked for
 * @param exceptProcess the one to leave out, for example the schedule's verifications
 * @param state its state. Lists all running changes, because only the engine can tell their states apart
 * @param from the earliest start, inclusive
 * @param until the latest start, exclusive
 */
public record ChangeFilter(
        @Nullable String mesh,
        @Nullable String cluster,
        @Nullable String person,
        @Nullable String outcome,
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable ChangeState state,
        @Nullable String process,
        @Nullable String exceptProcess) {

    public static final ChangeFilter ALL = new ChangeFilter(null, null, null, null, null, null, null, null, null);

    static final String RUNNING = "running";

    /** Databases do not support times beyond these. */
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    public ChangeFilter {
        from = within(from);
        until = within(until);
    }

    /** All changes of a mesh that one process made. */
    public static ChangeFilter of(String mesh, String process) {
        return new ChangeFilter(mesh, null, null, null, null, null, null, process, null);
    }

    private static @Nullable Instant within(@Nullable Instant time) {
        if (time == null || (time.isAfter(EARLIEST) && time.isBefore(LATEST))) {
            return time;
        }
        return time.isBefore(LATEST) ? EARLIEST : LATEST;
    }
}

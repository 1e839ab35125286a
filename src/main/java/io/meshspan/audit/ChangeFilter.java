package io.meshspan.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which changes to list; what is null does not matter.
 *
 * @param person who asked for it or acted in it
 * @param outcome the end that it came to, or {@code running}
 * @param state how it stands; of the running ones all are listed, since only the engine can tell them apart
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
        @Nullable ChangeState state) {

    public static final ChangeFilter ALL = new ChangeFilter(null, null, null, null, null, null, null);

    static final String RUNNING = "running";

    /** Beyond these a database has no times. */
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    public ChangeFilter {
        from = within(from);
        until = within(until);
    }

    private static @Nullable Instant within(@Nullable Instant time) {
        if (time == null || (time.isAfter(EARLIEST) && time.isBefore(LATEST))) {
            return time;
        }
        return time.isBefore(LATEST) ? EARLIEST : LATEST;
    }
}

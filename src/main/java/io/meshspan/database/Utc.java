package io.meshspan.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * Times in the form of the tables: in UTC in any zone of the machine, and in milliseconds. The columns have no zone, and
 * local time has an hour twice when summer ends.
 */
public final class Utc {

    private static final ZoneId ZONE_OF_THE_MACHINE = ZoneId.systemDefault();

    private Utc() {}

    /** The engine stores times in the zone of this process. After this call that is UTC, too. */
    public static void countInUtc() {
        TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
    }

    /** The zone that this process would use without {@link #countInUtc}. */
    static ZoneId zoneOfTheMachine() {
        return ZONE_OF_THE_MACHINE;
    }

    public static LocalDateTime of(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    public static @Nullable LocalDateTime ofNullable(@Nullable Instant instant) {
        return instant == null ? null : of(instant);
    }

    public static @Nullable Instant optional(ResultSet row, String column) throws SQLException {
        LocalDateTime time = row.getObject(column, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS);
    }

    public static Instant required(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class)
                .toInstant(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MILLIS);
    }
}

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
 * Times as the tables keep them: in UTC, whatever the zone of the machine, and in milliseconds. The columns have no zone of
 * their own, and local time has an hour twice when summer ends.
 */
public final class Utc {

    private static final ZoneId ZONE_OF_THE_MACHINE = ZoneId.systemDefault();

    private Utc() {}

    /** The engine's tables get their times in the zone of this process: from here on that is UTC, too. */
    public static void countInUtc() {
        TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
    }

    /** In which this process would count if it were not for {@link #countInUtc}. */
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

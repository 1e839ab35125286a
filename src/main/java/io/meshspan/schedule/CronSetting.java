package io.meshspan.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.springframework.scheduling.support.CronExpression;

/** The setting of a schedule: a cron expression in Spring's format, or {@code -} for never. */
public final class CronSetting {

    private static final String NEVER = "-";

    private CronSetting() {}

    /** @throws IllegalArgumentException if it is neither, with an example of what it may be */
    public static void check(String setting, String cron, String example) {
        if (isSet(cron) && !CronExpression.isValidExpression(cron)) {
            throw new IllegalArgumentException("%s is not a time table such as %s, or -".formatted(setting, example));
        }
    }

    /** Whether there is a schedule. */
    public static boolean isSet(String cron) {
        return !cron.equals(NEVER);
    }

    /**
     * The newest time of the schedule that has come.
     *
     * @param within how long ago it may be
     * @return empty if there is none, or no schedule
     */
    public static Optional<Instant> lastTime(String cron, ZoneId zone, Instant now, Duration within) {
        if (!isSet(cron)) {
            return Optional.empty();
        }
        CronExpression times = CronExpression.parse(cron);
        Instant from = now.minusSeconds(1);
        Instant earliest = now.minus(within);
        Optional<Instant> found = next(times, zone, from, now);
        while (found.isEmpty() && from.isAfter(earliest)) {
            Instant earlier = now.minus(Duration.between(from, now).multipliedBy(2));
            from = earlier.isBefore(earliest) ? earliest : earlier;
            found = next(times, zone, from, now);
        }
        Optional<Instant> last = found;
        while (found.isPresent()) {
            last = found;
            found = next(times, zone, found.get(), now);
        }
        return last;
    }

    private static Optional<Instant> next(CronExpression times, ZoneId zone, Instant from, Instant now) {
        return Optional.ofNullable(times.next(from.atZone(zone)))
                .map(ZonedDateTime::toInstant)
                .filter(time -> !time.isAfter(now));
    }
}

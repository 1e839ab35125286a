package io.meshspan.schedule;

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
}

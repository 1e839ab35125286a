package io.meshspan.engine;

import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When the engine deletes what it no longer has to keep of ended changes.
 *
 * @param cleanUpFrom When that begins each day, as HH:mm in the time zone of the host.
 * @param cleanUpUntil When it ends; the next day if that is earlier.
 */
@ConfigurationProperties("meshspan.history")
record HistoryProperties(
        @DefaultValue("02:00") String cleanUpFrom,
        @DefaultValue("05:00") String cleanUpUntil) {

    HistoryProperties {
        requireTime("meshspan.history.clean-up-from", cleanUpFrom);
        requireTime("meshspan.history.clean-up-until", cleanUpUntil);
        if (cleanUpFrom.equals(cleanUpUntil)) {
            throw new IllegalArgumentException(
                    "meshspan.history.clean-up-from and .clean-up-until are both %s; they must differ, for example 02:00 and 05:00"
                            .formatted(cleanUpFrom));
        }
    }

    private static void requireTime(String setting, String value) {
        try {
            if (LocalTime.parse(value).toString().equals(value)) {
                return;
            }
        } catch (DateTimeParseException e) {
            // told below
        }
        throw new IllegalArgumentException(
                "%s is '%s'; a time of the day is needed, for example 02:00".formatted(setting, value));
    }
}

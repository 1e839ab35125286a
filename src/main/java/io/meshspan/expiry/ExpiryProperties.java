package io.meshspan.expiry;

import io.meshspan.schedule.CronSetting;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When operators are asked to renew credentials of declared meshes.
 *
 * @param cron When the ends of all credentials are read, as Spring writes it (second, minute, hour, day, month, weekday);
 *     "-" for never.
 * @param timeZone The time zone of the schedule.
 * @param daysAhead How many days before its end a credential is asked about; a deferred one is asked about again at the
 *     next of them.
 */
@Validated
@ConfigurationProperties("meshspan.expiry")
public record ExpiryProperties(
        @DefaultValue("0 30 1 * * *") String cron,
        @DefaultValue("UTC") ZoneId timeZone,

        @DefaultValue({"60", "30", "7"}) @Size(min = 1, max = 10)
        List<@Min(1) @Max(365) Integer> daysAhead) {

    public ExpiryProperties {
        daysAhead =
                daysAhead.stream().sorted(Comparator.reverseOrder()).distinct().toList();
        CronSetting.check("meshspan.expiry.cron", cron, "0 30 1 * * *");
    }

    /** Whether there is a schedule. */
    public boolean scheduled() {
        return CronSetting.isSet(cron);
    }
}

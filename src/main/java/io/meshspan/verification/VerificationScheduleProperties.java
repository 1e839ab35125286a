package io.meshspan.verification;

import io.meshspan.schedule.CronSetting;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.ZoneId;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When declared meshes are verified without a request of a person, and how much of the history is kept.
 *
 * @param cron When all declared meshes are verified, as Spring writes it (second, minute, hour, day, month, weekday); "-"
 *     for never.
 * @param timeZone The time zone of the schedule.
 * @param within How long the verification of one mesh may take, before it ends as failed and gives the clusters back.
 * @param keep How many verifications of a mesh its history keeps, of whatever origin.
 */
@Validated
@ConfigurationProperties("meshspan.verify")
public record VerificationScheduleProperties(
        @DefaultValue("-") String cron,
        @DefaultValue("UTC") ZoneId timeZone,

        @DefaultValue("20m") @DurationMin(minutes = 1) @DurationMax(hours = 4)
        Duration within,

        @DefaultValue("200") @Min(10) @Max(10000) int keep) {

    public VerificationScheduleProperties {
        CronSetting.check("meshspan.verify.cron", cron, "0 30 3 * * *");
    }

    /** Whether there is a schedule. */
    public boolean scheduled() {
        return CronSetting.isSet(cron);
    }
}

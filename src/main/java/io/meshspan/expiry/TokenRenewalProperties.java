package io.meshspan.expiry;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.Mesh;
import io.meshspan.schedule.CronSetting;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.scheduling.support.CronExpression;
import org.springframework.validation.annotation.Validated;

/**
 * When the bound tokens in remote secrets of declared meshes are renewed.
 *
 * @param cron When it is looked whether tokens are to be renewed, as Spring writes it (second, minute, hour, day, month,
 *     weekday); "-" for never.
 * @param timeZone The time zone of the schedule.
 * @param lifetimeLeft How many percent of a token's lifetime are left when it is renewed.
 * @param unattended Whether the declared mesh approves the renewal; otherwise an operator is asked to start a rotation, which
 *     another person approves.
 */
@Validated
@ConfigurationProperties("meshspan.token-renewal")
public record TokenRenewalProperties(
        @DefaultValue("0 */10 * * * *") String cron,
        @DefaultValue("UTC") ZoneId timeZone,
        @DefaultValue("33") @Min(10) @Max(90) int lifetimeLeft,
        @DefaultValue("true") boolean unattended) {

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    public TokenRenewalProperties {
        CronSetting.check("meshspan.token-renewal.cron", cron, "0 */10 * * * *");
    }

    /** Whether there is a schedule. */
    public boolean scheduled() {
        return CronSetting.isSet(cron);
    }

    /** What people should know of bound tokens that may end before they are renewed. */
    public Optional<Finding> check(Mesh mesh) {
        return mesh.boundTokens().flatMap(tokens -> {
            Duration left = tokens.duration().multipliedBy(lifetimeLeft).dividedBy(100);
            Optional<Duration> every = every();
            return every.isPresent() && left.compareTo(every.get().multipliedBy(2)) >= 0
                    ? Optional.empty()
                    : Optional.of(
                            Finding.warning(
                                    "mesh " + mesh.id(),
                                    "renewal of remote tokens that are valid for " + tokens,
                                    "a schedule that looks at least twice in the last %d%% of this time, %d minutes"
                                            .formatted(lifetimeLeft, left.toMinutes()),
                                    every.map(between ->
                                                    "one that looks every %d minutes".formatted(between.toMinutes()))
                                            .orElse("none"),
                                    "Choose a longer tokenExpiration, or set meshspan.token-renewal.cron: control planes cannot read clusters with tokens that have ended."));
        });
    }

    /** How long nobody begins another renewal after one has ended: there is time for several before the tokens end. */
    public Duration pause(Mesh mesh) {
        return mesh.boundTokens()
                .map(tokens -> tokens.duration().multipliedBy(lifetimeLeft).dividedBy(400))
                .filter(part -> part.compareTo(LONGEST_PAUSE) < 0)
                .orElse(LONGEST_PAUSE);
    }

    /** The time between two looks; empty if there is no schedule. */
    private Optional<Duration> every() {
        if (!scheduled()) {
            return Optional.empty();
        }
        CronExpression times = CronExpression.parse(cron);
        return Optional.ofNullable(times.next(ZonedDateTime.now(timeZone)))
                .flatMap(
                        first -> Optional.ofNullable(times.next(first)).map(second -> Duration.between(first, second)));
    }

    /** How many percent of the lifetime are left when an operator is asked, since no renewal has come. */
    int overdueLeft() {
        return unattended && scheduled() ? lifetimeLeft / 2 : lifetimeLeft;
    }
}

package io.meshspan.drift;

import io.meshspan.kubernetes.Cluster;
import io.meshspan.schedule.CronSetting;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How declared meshes are compared with their clusters.
 *
 * @param cron When all declared meshes are checked, as Spring writes it (second, minute, hour, day, month, weekday);
 *     "-" for never.
 * @param timeZone The time zone of the schedule, and of the dates until which a drift is ignored.
 * @param within How long the check of one mesh may take.
 * @param certificateExpiresWithin How long before its end a CA certificate counts as drift.
 * @param knownWriters Field managers besides Meshspan that may write to the objects of a mesh; a name that ends with *
 *     is a prefix.
 */
@Validated
@ConfigurationProperties("meshspan.drift")
public record DriftProperties(
        @DefaultValue("0 0 2 * * *") String cron,
        @DefaultValue("UTC") ZoneId timeZone,

        @DefaultValue("10m") @DurationMin(seconds = 10) @DurationMax(hours = 2)
        Duration within,

        @DefaultValue("30d") @DurationMin(days = 1) @DurationMax(days = 365)
        Duration certificateExpiresWithin,

        @DefaultValue({
            "pilot-discovery*",
            "kube-*",
            "kubelet",
            "kubectl-rollout",
            "cloud-controller-manager",
            "cert-manager-*"
        })
        List<String> knownWriters) {

    private static final String ANY = "*";

    public DriftProperties {
        knownWriters = List.copyOf(knownWriters);
        CronSetting.check("meshspan.drift.cron", cron, "0 0 2 * * *");
    }

    /** Whether there is a schedule. */
    public boolean scheduled() {
        return CronSetting.isSet(cron);
    }

    boolean knows(String writer) {
        return isOwn(writer) || knownWriters.stream().anyMatch(known -> matches(known, writer));
    }

    static boolean isOwn(String writer) {
        return writer.equals(Cluster.FIELD_MANAGER) || writer.startsWith(Cluster.FIELD_MANAGER + "-");
    }

    private static boolean matches(String known, String writer) {
        return known.endsWith(ANY) ? writer.startsWith(known.substring(0, known.length() - 1)) : known.equals(writer);
    }
}

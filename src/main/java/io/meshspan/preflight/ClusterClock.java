package io.meshspan.preflight;

import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.kubernetes.Cluster.ServerVersion;
import io.meshspan.mesh.Mesh;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Does the API server's clock agree with this service's, and so with those of the other clusters? */
@Component
final class ClusterClock implements Check {

    private static final Duration TOLERATED = Duration.ofSeconds(5);

    /** Istiod backdates certificates by this much: ClockSkewGracePeriod in security/pkg/pki/util/generate_cert.go. */
    private static final Duration FORGIVEN_BY_ISTIOD = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "Clock";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        return cluster.serverVersion().date().map(date -> apart(cluster.serverVersion(), date)).stream()
                .filter(apart -> apart.abs().compareTo(TOLERATED) > 0)
                .map(apart -> finding(cluster, apart))
                .toList();
    }

    /** Measured from the nearer end of the call, because the server wrote the date at an unknown moment within it. */
    private static Duration apart(ServerVersion serverVersion, Instant date) {
        Instant latest = date.plusSeconds(1); // the header leaves the fraction of a second out
        if (latest.isBefore(serverVersion.asked())) {
            return Duration.between(serverVersion.asked(), latest);
        }
        return date.isAfter(serverVersion.answered())
                ? Duration.between(serverVersion.answered(), date)
                : Duration.ZERO;
    }

    private static Finding finding(ClusterSnapshot cluster, Duration apart) {
        boolean grave = apart.abs().compareTo(FORGIVEN_BY_ISTIOD) >= 0;
        return new Finding(
                grave ? Severity.BLOCKING : Severity.WARNING,
                cluster.where(),
                "clock of the API server",
                "within %d s of this service's".formatted(TOLERATED.toSeconds()),
                "%d s %s".formatted(apart.abs().toSeconds(), apart.isNegative() ? "behind" : "ahead"),
                "Set the clocks right (NTP): certificates made in one cluster must be valid in the others at once.");
    }
}

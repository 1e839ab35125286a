package io.meshspan.lease;

import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The Lease in each cluster.
 *
 * @param namespace exists in every cluster before Istio does, and is not for everybody to write to
 * @param duration how long after its last renewal a Lease still counts; in whole seconds, at least 4
 */
@Validated
@ConfigurationProperties("meshspan.lease")
record LeaseProperties(
        @DefaultValue("kube-system") @NotBlank String namespace,
        @DefaultValue("2m") Duration duration) {

    private static final int RENEWALS = 4;
    private static final Duration SHORTEST = Duration.ofSeconds(RENEWALS);

    LeaseProperties {
        if (duration.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("meshspan.lease.duration must be at least %d s".formatted(RENEWALS));
        }
    }

    /** Several renewals may fail before the Lease is lost. */
    Duration renewEvery() {
        return duration.dividedBy(RENEWALS);
    }

    /** After its last renewal: a step that relies on it begins well before others may take it over. */
    Duration trustedFor() {
        return duration.minus(renewEvery());
    }
}

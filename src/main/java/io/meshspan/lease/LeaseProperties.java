package io.meshspan.lease;

import io.meshspan.mesh.DnsLabel;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The Lease in each cluster.
 *
 * @param namespace Namespace of the Lease meshspan-change: it exists in every cluster before Istio does, and is not for
 *     everybody to write to.
 * @param duration How long after its last renewal a Lease still counts.
 */
@Validated
@ConfigurationProperties("meshspan.lease")
record LeaseProperties(
        @DefaultValue("kube-system") @Pattern(regexp = DnsLabel.FORM, message = DnsLabel.IN_WORDS)
        String namespace,

        @DefaultValue("2m") @DurationMin(seconds = 4) @DurationMax(hours = 1)
        Duration duration) {

    private static final int RENEWALS = 4;

    /** Several renewals may fail before the Lease is lost. */
    Duration renewEvery() {
        return duration.dividedBy(RENEWALS);
    }
}

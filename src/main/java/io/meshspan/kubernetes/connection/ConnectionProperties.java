package io.meshspan.kubernetes.connection;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long an API server may take.
 *
 * @param connectWithin How long an API server may take to take a connection.
 * @param answerWithin How long an API server may take to answer a call.
 * @param lateWriteWithin How long an API server may take to carry out a write that it did not answer in time, from when it
 *     was sent: more than its --request-timeout, a minute by default, and whatever a proxy before it keeps back.
 * @param pluginWithin How long an exec plugin of a kubeconfig may take to print a credential.
 */
@Validated
@ConfigurationProperties("meshspan.api-server")
public record ConnectionProperties(
        @DefaultValue("3s") @DurationMin(millis = 100) @DurationMax(minutes = 5)
        Duration connectWithin,

        @DefaultValue("6s") @DurationMin(millis = 100) @DurationMax(minutes = 5)
        Duration answerWithin,

        @DefaultValue("75s") @DurationMin(seconds = 1) @DurationMax(minutes = 30)
        Duration lateWriteWithin,

        @DefaultValue("30s") @DurationMin(seconds = 1) @DurationMax(minutes = 5)
        Duration pluginWithin) {

    public ConnectionProperties {
        if (lateWriteWithin.compareTo(answerWithin) < 0) {
            throw new IllegalArgumentException(
                    "meshspan.api-server.late-write-within is %s; it is no less than".formatted(lateWriteWithin)
                            + " .answer-within, and 75s by default");
        }
    }
}

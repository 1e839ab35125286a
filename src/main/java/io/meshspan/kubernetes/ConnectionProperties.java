package io.meshspan.kubernetes;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long an API server may take.
 *
 * @param connectWithin to take a connection
 * @param answerWithin to answer a call
 * @param lateWriteWithin to carry out a write that it did not answer in time, from when it was sent: more than the API
 *     servers' {@code --request-timeout}, a minute by default, and whatever a proxy before them keeps back
 */
@ConfigurationProperties("meshspan.api-server")
record ConnectionProperties(
        @DefaultValue("3s") Duration connectWithin,
        @DefaultValue("6s") Duration answerWithin,
        @DefaultValue("75s") Duration lateWriteWithin) {

    ConnectionProperties {
        if (connectWithin.toMillis() < 1 || answerWithin.toMillis() < 1) {
            throw new IllegalArgumentException("meshspan.api-server.connect-within and .answer-within are durations"
                    + " such as 6s; %s and %s are not".formatted(connectWithin, answerWithin));
        }
        if (lateWriteWithin.compareTo(answerWithin) < 0) {
            throw new IllegalArgumentException(
                    "meshspan.api-server.late-write-within is %s; it is no less than".formatted(lateWriteWithin)
                            + " .answer-within, and 75s by default");
        }
    }
}

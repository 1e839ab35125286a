package io.meshspan.kubernetes;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long an API server may take.
 *
 * @param connectWithin to take a connection
 * @param answerWithin to answer a call
 */
@ConfigurationProperties("meshspan.api-server")
record ConnectionProperties(
        @DefaultValue("3s") Duration connectWithin,
        @DefaultValue("6s") Duration answerWithin) {

    ConnectionProperties {
        if (connectWithin.toMillis() < 1 || answerWithin.toMillis() < 1) {
            throw new IllegalArgumentException("meshspan.api-server.connect-within and .answer-within are durations"
                    + " such as 6s; %s and %s are not".formatted(connectWithin, answerWithin));
        }
    }
}

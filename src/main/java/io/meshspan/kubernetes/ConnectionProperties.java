package io.meshspan.kubernetes;

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
 */
@Validated
@ConfigurationProperties("meshspan.api-server")
record ConnectionProperties(
        @DefaultValue("3s") @DurationMin(millis = 100) @DurationMax(minutes = 5)
        Duration connectWithin,

        @DefaultValue("6s") @DurationMin(millis = 100) @DurationMax(minutes = 5)
        Duration answerWithin) {}

package io.meshspan.metrics;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often metrics are read.
 *
 * @param stateEvery How long scrapes reuse the values that gauges have read from the database.
 * @param certificatesEvery How often the certificates of the declared meshes are read from their clusters.
 */
@Validated
@ConfigurationProperties("meshspan.metrics")
record MetricsProperties(
        @DefaultValue("10s") @DurationMin(seconds = 1) @DurationMax(minutes = 10)
        Duration stateEvery,

        @DefaultValue("6h") @DurationMin(minutes = 1) @DurationMax(days = 7)
        Duration certificatesEvery) {}

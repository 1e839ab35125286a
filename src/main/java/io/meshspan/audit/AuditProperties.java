package io.meshspan.audit;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long records are kept.
 *
 * @param retention How long the records of a change are kept after its end; they are deleted together, and what is left says so.
 */
@Validated
@ConfigurationProperties("meshspan.audit")
record AuditProperties(
        @DefaultValue("3650d") @DurationMin(days = 1) @DurationMax(days = 36_500)
        Duration retention) {}

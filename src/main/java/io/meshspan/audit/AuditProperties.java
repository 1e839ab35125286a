package io.meshspan.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long records are kept.
 *
 * @param retention from the end of a change; its records are deleted together, and what is left says so
 */
@ConfigurationProperties("meshspan.audit")
public record AuditProperties(@DefaultValue("3650d") Duration retention) {

    public AuditProperties {
        if (retention.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException(
                    "meshspan.audit.retention is %s; a day or more is needed, for example 3650d".formatted(retention));
        }
    }
}

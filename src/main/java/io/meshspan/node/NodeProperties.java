package io.meshspan.node;

import jakarta.validation.constraints.Size;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * This node among those that share the database.
 *
 * @param id Unique among the running nodes on one database, and the same after a restart; the host's name and the port if
 *     absent.
 * @param takeOver How long after its last sign of life others take over what a node was working on; signs come four times
 *     as often, however long a step takes.
 * @param jobLock How long a job stays locked for the living node that executes it: longer than any step takes.
 */
@Validated
@ConfigurationProperties("meshspan.node")
public record NodeProperties(
        @Nullable @Size(min = 1, max = 200) String id,

        @DefaultValue("40s") @DurationMin(seconds = 4) @DurationMax(hours = 1)
        Duration takeOver,

        @DefaultValue("30m") @DurationMin(minutes = 1) @DurationMax(days = 1)
        Duration jobLock) {

    private static final int SIGNS = 4;

    public Duration signEvery() {
        return takeOver.dividedBy(SIGNS);
    }
}

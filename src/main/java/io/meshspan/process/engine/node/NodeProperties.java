package io.meshspan.process.engine.node;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * This node among those that share the database.
 *
 * @param id unique among the running nodes and the same after a restart; the host's name and the port if absent
 * @param takeOver how long after its last sign of life others take over what a node was working on; signs come four times
 *     as often, however long a step takes
 */
@ConfigurationProperties("meshspan.node")
record NodeProperties(
        @Nullable String id, @DefaultValue("40s") Duration takeOver) {

    private static final Duration SHORTEST = Duration.ofSeconds(4);
    private static final int SIGNS = 4;

    NodeProperties {
        if (takeOver.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "meshspan.node.take-over is %s; 4s or more is needed, for example 40s".formatted(takeOver));
        }
    }

    Duration signEvery() {
        return takeOver.dividedBy(SIGNS);
    }
}

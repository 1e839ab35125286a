package io.meshspan.kubernetes;

import io.meshspan.difference.PlanProperties;
import io.meshspan.inventory.Inventory;
import io.meshspan.kubernetes.connection.ConnectionProperties;
import java.time.Duration;

/** The clusters of an inventory, as the service reaches them, for tests of other packages. */
public final class RealClusters {

    private static final ConnectionProperties LIMITS = new ConnectionProperties(
            Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(75), Duration.ofSeconds(20));

    private RealClusters() {}

    public static Clusters of(Inventory inventory) {
        return new Fabric8Clusters(inventory, LIMITS, PlanProperties.DEFAULT, TestMeter.METER);
    }

    public static void close(Clusters clusters) {
        ((Fabric8Clusters) clusters).close();
    }
}

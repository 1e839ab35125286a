package io.meshspan.web;

import io.meshspan.inventory.Inventory;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.NetworkName;
import io.meshspan.plan.PlanRecords;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** An inventory of two clusters on two networks, and the plan of the gated process. */
@TestConfiguration(proxyBeanMethods = false)
class TwoClusters {

    @Bean
    @Primary
    Inventory twoClusters() {
        return () -> List.of(known("cluster1", "network1"), known("cluster2", "network2"));
    }

    @Bean
    PlanOfTheTest planOfTheTest(PlanRecords records) {
        return new PlanOfTheTest(records);
    }

    @Bean
    UnreachableApiServer unreachableCluster() {
        return new UnreachableApiServer();
    }

    private static KnownCluster known(String name, String network) {
        return new KnownCluster(
                new ClusterName(name), new NetworkName(network), name, Path.of("no-kubeconfig"), Optional.empty());
    }
}

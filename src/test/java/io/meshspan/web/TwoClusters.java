package io.meshspan.web;

import io.meshspan.inventory.Inventory;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.NetworkName;
import java.util.List;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** An inventory of two clusters on two networks. */
@TestConfiguration(proxyBeanMethods = false)
class TwoClusters {

    @Bean
    @Primary
    Inventory twoClusters() {
        return () -> List.of(
                new KnownCluster(new ClusterName("cluster1"), new NetworkName("network1")),
                new KnownCluster(new ClusterName("cluster2"), new NetworkName("network2")));
    }
}

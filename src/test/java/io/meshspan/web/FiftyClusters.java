package io.meshspan.web;

import io.meshspan.inventory.Inventory;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.NetworkName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** An inventory of fifty clusters, five on each network. */
@TestConfiguration(proxyBeanMethods = false)
class FiftyClusters {

    private static final int COUNT = 50;
    private static final int ON_A_NETWORK = 5;

    @Bean
    @Primary
    Inventory fiftyClusters() {
        List<KnownCluster> clusters =
                IntStream.range(0, COUNT).mapToObj(FiftyClusters::known).toList();
        return () -> clusters;
    }

    /** A primary on each network, with the others there as its remotes. */
    static String meshFile() {
        return "meshId: mesh1\nistioVersion: 1.30.3\nclusters:\n"
                + IntStream.range(0, COUNT).mapToObj(FiftyClusters::entry).collect(Collectors.joining());
    }

    private static String entry(int number) {
        int primary = number - number % ON_A_NETWORK;
        return number == primary
                ? "- name: cluster%d\n  network: %s\n  role: primary\n".formatted(number, network(number))
                : "- name: cluster%d\n  network: %s\n  role: remote\n  controlPlane: cluster%d\n"
                        .formatted(number, network(number), primary);
    }

    private static KnownCluster known(int number) {
        return new KnownCluster(
                new ClusterName("cluster" + number),
                new NetworkName(network(number)),
                "context" + number,
                Path.of("no-kubeconfig"),
                Optional.empty());
    }

    private static String network(int number) {
        return "network-number-" + number / ON_A_NETWORK;
    }
}

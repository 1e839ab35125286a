package io.meshspan.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The clusters of one sandbox, as they can find each other. */
final class SandboxFleet {

    private final List<RunningCluster> clusters = new CopyOnWriteArrayList<>();

    void add(RunningCluster cluster) {
        clusters.add(cluster);
    }

    List<RunningCluster> all() {
        return List.copyOf(clusters);
    }

    RunningCluster named(String name) {
        return clusters.stream()
                .filter(cluster -> cluster.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no sandbox cluster is named " + name));
    }

    Optional<RunningCluster> at(String apiServer) {
        String address = apiServer.replaceFirst("/+$", "").replace("//localhost:", "//127.0.0.1:");
        return clusters.stream()
                .filter(cluster -> cluster.apiServer().equals(address))
                .findFirst();
    }
}

package io.meshspan.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.meshspan.inventory.Inventory;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.mesh.ClusterName;
import jakarta.annotation.PreDestroy;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Connects to each cluster when it is first asked for, and keeps the connection. */
@Component
final class Fabric8Clusters implements Clusters {

    private static final int SIDE_BY_SIDE = 32;

    private final Inventory inventory;
    private final ConnectionProperties limits;
    private final Map<ClusterName, Fabric8Cluster> connected = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE, Daemons.named("clusters"));

    /** Apart from the others, which wait for these. */
    private final ExecutorService questions = Executors.newFixedThreadPool(SIDE_BY_SIDE, Daemons.named("clusters"));

    Fabric8Clusters(Inventory inventory, ConnectionProperties limits) {
        this.inventory = inventory;
        this.limits = limits;
    }

    @Override
    public Cluster get(ClusterName name) {
        return connected.computeIfAbsent(name, this::connect);
    }

    private Fabric8Cluster connect(ClusterName name) {
        KnownCluster known = inventory
                .find(name)
                .orElseThrow(() -> new IllegalArgumentException("%s is not in the inventory".formatted(name)));
        try {
            return new Fabric8Cluster(known, Connection.open(known, limits), questions);
        } catch (KubernetesClientException e) {
            throw Faults.unusable(known);
        }
    }

    @Override
    public <R> SortedMap<ClusterName, R> inEach(Collection<ClusterName> names, Function<Cluster, R> step) {
        return new SideBySide(threads).run(names, name -> step.apply(get(name)));
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
        questions.shutdownNow();
        connected.values().forEach(Fabric8Cluster::close);
    }
}

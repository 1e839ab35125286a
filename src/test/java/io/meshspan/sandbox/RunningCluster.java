package io.meshspan.sandbox;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What belongs together while a stand-in cluster runs. */
final class RunningCluster {

    private static final int REMEMBERED_WRITES = 20_000;

    private final SandboxCluster levers;
    private final int index;
    private final Store store = new Store();
    private final Tokens tokens = new Tokens(store);
    private final Istiod istiod;
    private final String authority;
    private final Map<String, Long> waiting = new ConcurrentHashMap<>();
    private final List<Write> writes = new ArrayList<>();
    private volatile String apiServer = "";
    private volatile Consumer<Duration> wake = in -> {};

    RunningCluster(SandboxCluster levers, int index, SandboxFleet sandboxFleet) {
        this.levers = levers;
        this.index = index;
        store.listen(new PrivateKeys());
        this.istiod = new Istiod(this, sandboxFleet);
        this.authority = SelfSigned.authority("CN=kubernetes-" + levers.name());
        for (String name : List.of("default", "kube-system", "kube-public", "kube-node-lease")) {
            var namespace = new NamespaceBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .endMetadata()
                    .build();
            store.create(namespace);
            store.edit(Key.of(namespace), Defaults::fill);
        }
        store.create(new NodeBuilder()
                .withNewMetadata()
                .withName(levers.name() + "-node")
                .endMetadata()
                .withNewSpec()
                .withPodCIDR("10.%d.0.0/16".formatted(index))
                .withPodCIDRs("10.%d.0.0/16".formatted(index))
                .endSpec()
                .build());
    }

    /** @param wakeIn has the controllers look at this cluster again after a while */
    void started(String url, Consumer<Duration> wakeIn) {
        apiServer = url;
        wake = wakeIn;
        store.listen(change -> wakeIn.accept(Duration.ZERO));
        levers.whenMoved(() -> wakeIn.accept(Duration.ZERO));
        wakeIn.accept(Duration.ZERO);
    }

    /** Whether the delay has passed since this was first asked; if not, the controllers are woken when it has. */
    boolean due(String what, Duration delay) {
        long rest = waiting.computeIfAbsent(what, now -> System.nanoTime()) + delay.toNanos() - System.nanoTime();
        if (rest > 0) {
            wake.accept(Duration.ofNanos(rest).plusMillis(1));
            return false;
        }
        waiting.remove(what);
        return true;
    }

    /** Has the controllers look at this cluster again, for something changed elsewhere. */
    void wake() {
        wake.accept(Duration.ZERO);
    }

    void wrote(Write write) {
        synchronized (writes) {
            if (writes.size() == REMEMBERED_WRITES) {
                writes.remove(0);
            }
            writes.add(write);
        }
    }

    List<Write> writes() {
        synchronized (writes) {
            return List.copyOf(writes);
        }
    }

    String name() {
        return levers.name();
    }

    int index() {
        return index;
    }

    SandboxCluster levers() {
        return levers;
    }

    Store store() {
        return store;
    }

    Tokens tokens() {
        return tokens;
    }

    Istiod istiod() {
        return istiod;
    }

    String apiServer() {
        return apiServer;
    }

    /** The PEM that goes into {@code ca.crt}; over HTTP nobody checks it. */
    String authority() {
        return authority;
    }
}

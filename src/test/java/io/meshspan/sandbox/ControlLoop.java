package io.meshspan.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the controllers of all clusters on one thread: soon after a change, and when a delay ends; idle otherwise. */
final class ControlLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlLoop.class);
    private static final Duration GATHER = Duration.ofMillis(3);

    private final List<Controller> controllers;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "sandbox-controllers");
        made.setDaemon(true);
        return made;
    });
    private final Map<RunningCluster, Boolean> called = new ConcurrentHashMap<>();

    ControlLoop(List<Controller> controllers) {
        this.controllers = controllers;
    }

    /** Looks at the cluster after a while; calls for at once are gathered for a few milliseconds. */
    void wake(RunningCluster cluster, Duration in) {
        try {
            if (in.compareTo(GATHER) > 0) {
                var unused = thread.schedule(() -> wake(cluster, Duration.ZERO), in.toNanos(), TimeUnit.NANOSECONDS);
            } else if (called.put(cluster, true) == null) {
                var unused = thread.schedule(() -> run(cluster), GATHER.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (RejectedExecutionException closed) {
            LOG.debug("{}: the sandbox is closed", cluster.name());
        }
    }

    private void run(RunningCluster cluster) {
        called.remove(cluster);
        Duration silent = cluster.levers().silence().rest();
        if (!silent.isNegative()) {
            wake(cluster, silent.plus(GATHER));
            return;
        }
        for (Controller controller : controllers) {
            try {
                controller.reconcile(cluster);
            } catch (RuntimeException e) {
                LOG.warn("{}: {} failed", cluster.name(), controller.getClass().getSimpleName(), e);
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

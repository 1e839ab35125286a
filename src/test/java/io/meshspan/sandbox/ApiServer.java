package io.meshspan.sandbox;

import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The HTTP server of one cluster, on a free port of 127.0.0.1. */
final class ApiServer implements AutoCloseable {

    private static final Logger NOISE = Logger.getLogger(MockWebServer.class.getName());

    private final MockWebServer web = new MockWebServer();
    private final RunningCluster cluster;
    private final ExecutorService sender;
    private final KubernetesMockServer server;

    ApiServer(RunningCluster cluster, Shell shell) {
        this.cluster = cluster;
        this.sender = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "sandbox-watches-" + cluster.name());
            made.setDaemon(true);
            return made;
        });
        ApiDispatcher dispatcher = new ApiDispatcher(cluster, shell, sender, this::forget);
        this.server = new KubernetesMockServer(new Context(), web, new HashMap<>(), dispatcher, false);
    }

    String start() {
        forget();
        server.start(InetAddress.getLoopbackAddress(), 0);
        return "http://127.0.0.1:" + web.getPort();
    }

    /**
     * The web server keeps every request for a test to look at, and logs each at INFO. A sandbox runs for hours, so both
     * go at once; and the level anew each time, for Spring Boot resets it when it starts its own logging.
     */
    private void forget() {
        web.reset();
        if (!Level.WARNING.equals(NOISE.getLevel())) {
            NOISE.setLevel(Level.WARNING);
        }
    }

    @Override
    public void close() {
        cluster.levers().silence().end();
        sender.shutdownNow();
        server.shutdown();
    }
}

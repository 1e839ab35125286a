package io.meshspan.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.meshspan.inventory.KnownCluster;
import java.time.Duration;

/** How this service connects: short limits and hardly any retry of the client's own, since the engine repeats steps. */
final class Connection {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    static final Duration REQUEST_LIMIT = Duration.ofSeconds(8);
    private static final int RETRIES = 1;
    private static final int REQUESTS_AT_ONCE = 64;

    private Connection() {}

    static KubernetesClient open(KnownCluster cluster) {
        Config config =
                Config.fromKubeconfig(cluster.context(), cluster.kubeconfig().toFile());
        Config limited = new ConfigBuilder(config)
                .withConnectionTimeout((int) CONNECT_LIMIT.toMillis())
                .withRequestTimeout((int) REQUEST_LIMIT.toMillis())
                .withRequestRetryBackoffLimit(RETRIES)
                .withMaxConcurrentRequests(REQUESTS_AT_ONCE)
                .withMaxConcurrentRequestsPerHost(REQUESTS_AT_ONCE)
                .withUserAgent("meshspan")
                .build();
        return new KubernetesClientBuilder().withConfig(limited).build();
    }
}

package io.meshspan.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.meshspan.inventory.KnownCluster;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** How this service connects: short limits and hardly any retry of the client's own, since the engine repeats steps. */
final class Connection {

    private static final int RETRIES = 2;
    private static final int REQUESTS_AT_ONCE = 64;

    private Connection() {}

    static KubernetesClient open(KnownCluster cluster, ConnectionProperties limits, UnansweredWrites writes) {
        Config config =
                Config.fromKubeconfig(cluster.context(), cluster.kubeconfig().toFile());
        Config limited = new ConfigBuilder(config)
                .withConnectionTimeout((int) limits.connectWithin().toMillis())
                .withRequestTimeout((int) limits.answerWithin().toMillis())
                .withRequestRetryBackoffLimit(RETRIES)
                .withMaxConcurrentRequests(REQUESTS_AT_ONCE)
                .withMaxConcurrentRequestsPerHost(REQUESTS_AT_ONCE)
                .withUserAgent("meshspan")
                .build();
        if (hasNoToken(limited)) {
            limited.setOauthTokenProvider(() -> null);
        }
        return new KubernetesClientBuilder()
                .withConfig(limited)
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("unanswered-writes", writes))
                .build();
    }

    /**
     * Who logs in by a certificate has no token to renew. The client (TokenRefreshInterceptor, 7.5) looks for one all the
     * same: once it is a minute old it reads and parses the whole kubeconfig before every call, a quarter of this service's
     * CPU time with twenty clusters.
     */
    private static boolean hasNoToken(Config config) {
        return config.getOauthToken() == null && config.getAutoOAuthToken() == null && config.getAuthProvider() == null;
    }

    /** For calls of our own, which the client does not limit by itself. */
    static HttpRequest.Builder request(KubernetesClient client, String path) {
        return client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(URI.create(client.getMasterUrl() + path))
                .timeout(client.getConfiguration().getRequestTimeout(), TimeUnit.MILLISECONDS);
    }
}

package io.meshspan.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.meshspan.inventory.ContextLogin;
import io.meshspan.login.ClusterLogin;
import io.meshspan.login.LoginFailed;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** How this service connects: short limits and hardly any retry of the client's own, since the engine repeats steps. */
final class Connection {

    private static final int RETRIES = 2;
    private static final int REQUESTS_AT_ONCE = 64;

    private Connection() {}

    /** @throws LoginFailed if what the kubeconfig names cannot be loaded */
    static KubernetesClient open(
            ContextLogin context, ConnectionProperties limits, UnansweredWrites writes, ApiCallMeter.OfCluster meter) {
        ClusterLogin login = ClusterLogin.of(context, limits.pluginWithin());
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(login.server().toString())
                .withConnectionTimeout((int) limits.connectWithin().toMillis())
                .withRequestTimeout((int) limits.answerWithin().toMillis())
                .withRequestRetryBackoffLimit(RETRIES)
                .withMaxConcurrentRequests(REQUESTS_AT_ONCE)
                .withMaxConcurrentRequestsPerHost(REQUESTS_AT_ONCE)
                .withUserAgent("meshspan")
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new LoginHttpClientFactory(login, limits.connectWithin(), meter))
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("unanswered-writes", writes))
                .build();
    }

    /** For calls of our own, which the client does not limit by itself. */
    static HttpRequest.Builder request(KubernetesClient client, String path) {
        return client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(URI.create(client.getMasterUrl() + path))
                .timeout(client.getConfiguration().getRequestTimeout(), TimeUnit.MILLISECONDS);
    }
}

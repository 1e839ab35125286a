package io.meshspan.kubernetes.connection;

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

/** The connection of this service: short time limits and few retries of the client, because the engine retries steps. */
public final class Connection {

    private static final int RETRIES = 2;
    private static final int REQUESTS_AT_ONCE = 64;

    private Connection() {}

    /** @throws LoginFailed if what the kubeconfig names cannot be loaded */
    public static KubernetesClient open(
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

    /** For our own calls, which the client does not limit. */
    public static HttpRequest.Builder request(KubernetesClient client, String path) {
        return client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(URI.create(client.getMasterUrl() + path))
                .timeout(client.getConfiguration().getRequestTimeout(), TimeUnit.MILLISECONDS);
    }
}

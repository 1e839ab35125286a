package io.meshspan.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code GET /version}: the cheapest question, and its answer carries the API server's clock. */
final class ServerVersionCall {

    private static final Duration LIMIT = Duration.ofSeconds(4);

    private final KubernetesClient client;

    ServerVersionCall(KubernetesClient client) {
        this.client = client;
    }

    ServerVersion ask() {
        Instant asked = Instant.now();
        HttpResponse<String> answer = TransientRetry.ifLost(this::answer);
        Instant answered = Instant.now();
        if (!answer.isSuccessful()) {
            throw new KubernetesClientException("GET /version", answer.code(), null);
        }
        return new ServerVersion(version(answer.body()), date(answer), asked, answered);
    }

    private HttpResponse<String> answer() {
        HttpClient http = client.getHttpClient();
        URI version = URI.create(client.getMasterUrl().toString()).resolve("version");
        CompletableFuture<HttpResponse<String>> asked =
                http.sendAsync(http.newHttpRequestBuilder().uri(version).build(), String.class);
        try {
            return asked.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new KubernetesClientException("GET /version", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KubernetesClientException("GET /version", e);
        } finally {
            asked.cancel(true);
        }
    }

    private String version(String body) {
        return String.valueOf(client.getKubernetesSerialization()
                .unmarshal(body, io.fabric8.kubernetes.api.model.GenericKubernetesResource.class)
                .getAdditionalProperties()
                .get("gitVersion"));
    }

    private static Optional<Instant> date(HttpResponse<String> answer) {
        try {
            return Optional.ofNullable(answer.header("Date"))
                    .map(DateTimeFormatter.RFC_1123_DATE_TIME::parse)
                    .map(Instant::from);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

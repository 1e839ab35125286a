package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.meshspan.kubernetes.Cluster.ServerVersion;
import io.meshspan.kubernetes.failure.TransientRetry;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks an API server for its version, its clock, our permissions, and for tokens. */
final class ApiServerProbe {

    private static final Duration LIMIT = Duration.ofSeconds(4);

    private final KubernetesClient client;
    private final Executor threads;

    ApiServerProbe(KubernetesClient client, Executor threads) {
        this.client = client;
        this.threads = threads;
    }

    /** As the kubeconfig has it: the client adds a slash that is missing in a kubeconfig of istioctl. */
    String address() {
        String url = client.getMasterUrl().toString();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** {@code GET /version}: the cheapest call, and its answer contains the API server's clock. */
    ServerVersion version() {
        Instant asked = Instant.now();
        HttpResponse<String> answer = TransientRetry.ifLost(this::versionAnswer);
        Instant answered = Instant.now();
        if (!answer.isSuccessful()) {
            throw new KubernetesClientException("GET /version", answer.code(), null);
        }
        return new ServerVersion(version(answer.body()), date(answer), asked, answered);
    }

    /** One call for an administrator, otherwise all calls in parallel. */
    List<Access> denied(Collection<Access> wanted) {
        if (allows(Access.EVERYTHING)) {
            return List.of();
        }
        List<CompletableFuture<Boolean>> answers = wanted.stream()
                .map(access -> CompletableFuture.supplyAsync(() -> allows(access), threads))
                .toList();
        List<Boolean> allowed = answers.stream().map(ApiServerProbe::joined).toList();
        List<Access> asked = List.copyOf(wanted);
        return asked.stream()
                .filter(access -> !allowed.get(asked.indexOf(access)))
                .toList();
    }

    /** The API server says so itself, as it does to the kubelet; the token is in the request's body alone. */
    boolean authenticates(String token) {
        TokenReview review = new TokenReviewBuilder()
                .withNewSpec()
                .withToken(token)
                .endSpec()
                .build();
        TokenReviewStatus status =
                TransientRetry.ifLost(() -> client.resource(review).create()).getStatus();
        return status != null && Boolean.TRUE.equals(status.getAuthenticated());
    }

    String requestToken(String namespace, String serviceAccount, HasMetadata binding, Duration expiration) {
        TokenRequest request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(expiration.toSeconds())
                .withNewBoundObjectRef()
                .withApiVersion(binding.getApiVersion())
                .withKind(binding.getKind())
                .withName(binding.getMetadata().getName())
                .withUid(binding.getMetadata().getUid())
                .endBoundObjectRef()
                .endSpec()
                .build();
        return TransientRetry.ifLost(() -> client.serviceAccounts()
                        .inNamespace(namespace)
                        .withName(serviceAccount)
                        .tokenRequest(request))
                .getStatus()
                .getToken();
    }

    private HttpResponse<String> versionAnswer() {
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
                .unmarshal(body, GenericKubernetesResource.class)
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

    private boolean allows(Access access) {
        return TransientRetry.ifLost(() -> client.resource(review(access)).create())
                .getStatus()
                .getAllowed();
    }

    private static boolean joined(CompletableFuture<Boolean> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static SelfSubjectAccessReview review(Access access) {
        String[] resource = access.resource().split("/", 2);
        return new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(access.verb())
                .withGroup(access.group())
                .withResource(resource[0])
                .withSubresource(resource.length > 1 ? resource[1] : null)
                .withNamespace(access.namespace().isEmpty() ? null : access.namespace())
                .withName(access.name().isEmpty() ? null : access.name())
                .endResourceAttributes()
                .endSpec()
                .build();
    }
}

package io.meshspan.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.meshspan.kubernetes.connection.Connection;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Calls for which the client has no method. They use its connection, its limits and its exceptions. */
final class ApiRequests {

    static final String METADATA = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";
    private static final String LIST =
            "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;

    ApiRequests(KubernetesClient client) {
        this.client = client;
    }

    HttpRequest.Builder to(String path) {
        return Connection.request(client, path);
    }

    /**
     * @throws KubernetesClientException with the API server's status if it refuses, without a status if it does not answer
     */
    void send(HttpRequest request) {
        HttpResponse<String> answer = result(client.getHttpClient().sendAsync(request, String.class));
        if (!answer.isSuccessful()) {
            throw refused(answer);
        }
    }

    /** The metadata of one object; an empty answer if it does not exist. */
    CompletableFuture<JsonNode> metadata(String path) {
        return get(path, METADATA);
    }

    CompletableFuture<JsonNode> metadataOfAll(String path) {
        return get(path, LIST);
    }

    /**
     * Waits for an answer; the call has its own time limit.
     *
     * @throws KubernetesClientException the exception of the call, or a wrapper of whatever prevented the answer
     */
    static <T> T result(CompletableFuture<T> call) {
        try {
            return call.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof KubernetesClientException known
                    ? known
                    : new KubernetesClientException("no answer", e.getCause());
        }
    }

    private CompletableFuture<JsonNode> get(String path, String accepted) {
        HttpRequest request = to(path).header("Accept", accepted).build();
        return client.getHttpClient().sendAsync(request, byte[].class).thenApply(ApiRequests::body);
    }

    private static JsonNode body(HttpResponse<byte[]> answer) {
        if (answer.code() == NOT_FOUND) {
            return JSON.createObjectNode();
        }
        if (!answer.isSuccessful()) {
            throw new KubernetesClientException("HTTP " + answer.code(), answer.code(), null);
        }
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new KubernetesClientException("an answer that is not JSON");
        }
    }

    private KubernetesClientException refused(HttpResponse<String> answer) {
        try {
            Status status = client.getKubernetesSerialization().unmarshal(answer.body(), Status.class);
            return new KubernetesClientException(status.getMessage(), answer.code(), status);
        } catch (RuntimeException e) {
            return new KubernetesClientException("HTTP " + answer.code(), answer.code(), null);
        }
    }
}

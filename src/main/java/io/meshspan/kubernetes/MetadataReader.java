package io.meshspan.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Asks the API server for the metadata of objects alone. */
final class MetadataReader {

    private static final String ONE = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";
    private static final String LIST =
            "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;

    MetadataReader(KubernetesClient client) {
        this.client = client;
    }

    CompletableFuture<JsonNode> list(String path) {
        return get(path, LIST);
    }

    /** An empty answer if it is not there. */
    CompletableFuture<JsonNode> one(String path) {
        return get(path, ONE);
    }

    private CompletableFuture<JsonNode> get(String path, String accepted) {
        HttpRequest request =
                Connection.request(client, path).header("Accept", accepted).build();
        return client.getHttpClient().sendAsync(request, byte[].class).thenApply(MetadataReader::body);
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
            throw new KubernetesClientException("an answer that is no JSON");
        }
    }
}

package io.meshspan.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * In which state many objects are, by as few and as small answers as possible: one question for each kind and namespace,
 * all at once, each for the metadata alone. The bodies of Istio's CRDs would be a megabyte, and Secrets stay where they are.
 */
final class ObjectStates {

    private static final String METADATA_ONLY = "application/json;as=%s;g=meta.k8s.io;v=v1,application/json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LIMIT_SECONDS = 8;
    private static final int NOT_FOUND = 404;

    private record Place(
            String apiVersion, String kind, @Nullable String namespace) {

        ObjectRef of(JsonNode metadata) {
            return new ObjectRef(
                    apiVersion, kind, namespace, metadata.path("name").asText());
        }
    }

    private final KubernetesClient client;
    private final Kinds kinds;

    ObjectStates(KubernetesClient client, Kinds kinds) {
        this.client = client;
        this.kinds = kinds;
    }

    /** An object that is not there has none. */
    Map<ObjectRef, String> of(Collection<ObjectRef> objects) {
        Map<Place, List<ObjectRef>> places = objects.stream()
                .collect(Collectors.groupingBy(
                        o -> new Place(o.apiVersion(), o.kind(), o.namespace()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        Map<Place, CompletableFuture<JsonNode>> answers = new LinkedHashMap<>();
        places.forEach((place, wanted) -> kinds.find(place.apiVersion(), place.kind())
                .ifPresent(kind -> answers.put(place, ask(place, kind, wanted))));
        Map<ObjectRef, String> states = new HashMap<>();
        answers.forEach((place, answer) -> collect(place, joined(answer), states));
        states.keySet().retainAll(objects);
        return states;
    }

    private CompletableFuture<JsonNode> ask(Place place, ResourceDefinitionContext kind, List<ObjectRef> wanted) {
        Optional<String> only = wanted.size() == 1 ? Optional.of(wanted.get(0).name()) : Optional.empty();
        HttpRequest request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(URI.create(client.getMasterUrl() + path(place, kind, only)))
                .header(
                        "Accept",
                        METADATA_ONLY.formatted(
                                only.isPresent() ? "PartialObjectMetadata" : "PartialObjectMetadataList"))
                .timeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                .build();
        return client.getHttpClient().sendAsync(request, byte[].class).thenApply(ObjectStates::body);
    }

    private static String path(Place place, ResourceDefinitionContext kind, Optional<String> name) {
        String group = kind.getGroup().isEmpty() ? "api/" : "apis/" + kind.getGroup() + "/";
        String namespace = place.namespace() == null ? "" : "/namespaces/" + place.namespace();
        return group + kind.getVersion() + namespace + "/" + kind.getPlural()
                + name.map(n -> "/" + n).orElse("");
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

    private static JsonNode joined(CompletableFuture<JsonNode> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof KubernetesClientException known
                    ? known
                    : new KubernetesClientException("no answer", e.getCause());
        }
    }

    private static void collect(Place place, JsonNode answer, Map<ObjectRef, String> states) {
        Iterable<JsonNode> found = answer.has("items") ? answer.path("items") : List.of(answer);
        found.forEach(object -> {
            JsonNode metadata = object.path("metadata");
            if (metadata.has("uid")) {
                states.put(
                        place.of(metadata),
                        ObjectState.of(place.kind(), JSON.convertValue(metadata, ObjectMeta.class)));
            }
        });
    }
}

package io.meshspan.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * In which state many objects are, by as few and as small answers as possible: one question for each kind and namespace,
 * all at once, each for the metadata alone. The bodies of Istio's CRDs would be a megabyte, and Secrets stay where they are.
 */
final class ObjectStates {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final MetadataReader reader;
    private final ApiDiscovery apiDiscovery;

    ObjectStates(KubernetesClient client, ApiDiscovery apiDiscovery) {
        this.reader = new MetadataReader(client);
        this.apiDiscovery = apiDiscovery;
    }

    /** An object that is not there has none. */
    Map<ObjectRef, String> of(Collection<ObjectRef> objects) {
        Map<ResourcePath, List<ObjectRef>> places = objects.stream()
                .collect(Collectors.groupingBy(ResourcePath::of, LinkedHashMap::new, Collectors.toList()));
        Map<ResourcePath, Supplier<JsonNode>> answers = new LinkedHashMap<>();
        places.forEach((resourcePath, wanted) -> apiDiscovery
                .find(resourcePath.apiVersion(), resourcePath.kind())
                .ifPresent(served -> answers.put(resourcePath, asked(resourcePath.path(served), wanted))));
        Map<ObjectRef, String> states = new HashMap<>();
        answers.forEach((resourcePath, answer) -> collect(resourcePath, answer.get(), states));
        states.keySet().retainAll(objects);
        return states;
    }

    /** Asks at once, and once more when the answer is wanted and was lost. */
    private Supplier<JsonNode> asked(String path, List<ObjectRef> wanted) {
        AtomicReference<CompletableFuture<JsonNode>> first = new AtomicReference<>(ask(path, wanted));
        return () -> TransientRetry.ifLost(() -> {
            CompletableFuture<JsonNode> under = first.getAndSet(null);
            return FutureResult.to(under == null ? ask(path, wanted) : under);
        });
    }

    private CompletableFuture<JsonNode> ask(String path, List<ObjectRef> wanted) {
        return wanted.size() == 1 ? reader.one(path + "/" + wanted.get(0).name()) : reader.list(path);
    }

    private static void collect(ResourcePath resourcePath, JsonNode answer, Map<ObjectRef, String> states) {
        Iterable<JsonNode> found = answer.has("items") ? answer.path("items") : List.of(answer);
        found.forEach(object -> {
            JsonNode metadata = object.path("metadata");
            if (metadata.has("uid")) {
                ObjectMeta known = JSON.convertValue(metadata, ObjectMeta.class);
                states.put(resourcePath.object(metadata), ObjectState.of(resourcePath.kind(), known));
            }
        });
    }
}

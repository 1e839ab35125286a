package io.meshspan.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.meshspan.difference.ContentHash;
import io.meshspan.kubernetes.ApiDiscovery.ResourcePath;
import io.meshspan.kubernetes.failure.TransientRetry;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Finds objects and their states by metadata only. The bodies of Istio's CRDs would be a megabyte, and Secrets are not read.
 */
final class MetadataReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Their controllers write the status often. */
    private static final Set<String> BUSY_STATUS = Set.of("CustomResourceDefinition", "Deployment");
    /** Duplicates of the core events, and metrics that are not stored. */
    private static final Set<String> NO_OBJECTS = Set.of("events.k8s.io", "metrics.k8s.io");

    private final KubernetesClient client;
    private final ApiDiscovery apiDiscovery;
    private final ApiRequests requests;

    MetadataReader(KubernetesClient client, ApiDiscovery apiDiscovery, ApiRequests requests) {
        this.client = client;
        this.apiDiscovery = apiDiscovery;
        this.requests = requests;
    }

    /** An object that does not exist has no state. */
    Map<ObjectRef, String> states(Collection<ObjectRef> objects) {
        Map<ObjectRef, String> states = new HashMap<>();
        of(objects).forEach((object, metadata) -> states.put(object, state(object.kind(), metadata)));
        return states;
    }

    /** With few and small requests: one for each kind and namespace, all in parallel. */
    Map<ObjectRef, ObjectMeta> of(Collection<ObjectRef> objects) {
        Map<ResourcePath, List<ObjectRef>> places = objects.stream()
                .collect(Collectors.groupingBy(ResourcePath::of, LinkedHashMap::new, Collectors.toList()));
        Map<ResourcePath, Supplier<JsonNode>> answers = new LinkedHashMap<>();
        places.forEach((resourcePath, wanted) -> apiDiscovery
                .find(resourcePath.apiVersion(), resourcePath.kind())
                .ifPresent(served -> answers.put(resourcePath, asked(resourcePath.path(served), wanted))));
        Map<ObjectRef, ObjectMeta> found = new HashMap<>();
        answers.forEach((resourcePath, answer) -> collect(resourcePath, answer.get(), found));
        found.keySet().retainAll(objects);
        return found;
    }

    /** Objects with these labels, in all namespaces; empty if the cluster does not serve the kind. */
    List<FoundObject> found(String apiVersion, String kind, Map<String, String> labels) {
        return apiDiscovery
                .find(apiVersion, kind)
                .map(served -> listed(new ResourcePath(apiVersion, kind, null), served, selector(labels)))
                .orElse(List.of());
    }

    /** All objects of a namespace. */
    List<FoundObject> contents(String namespace) {
        Stream<String> groups = TransientRetry.ifLost(client::getApiGroups).getGroups().stream()
                .filter(group -> !NO_OBJECTS.contains(group.getName()))
                .map(APIGroup::getPreferredVersion)
                .map(version -> version.getGroupVersion());
        return Stream.concat(Stream.of("v1"), groups)
                .flatMap(version -> contents(namespace, version))
                .toList();
    }

    private Stream<FoundObject> contents(String namespace, String version) {
        return resources(version)
                .filter(resource -> Boolean.TRUE.equals(resource.getNamespaced()))
                .filter(resource -> !resource.getName().contains("/"))
                .filter(resource -> resource.getVerbs().contains("list"))
                .flatMap(resource -> listed(
                        new ResourcePath(version, resource.getKind(), namespace),
                        ApiDiscovery.context(version, resource),
                        "")
                        .stream());
    }

    /** Empty for a group that disappeared between two requests. */
    private Stream<APIResource> resources(String version) {
        return Stream.ofNullable(TransientRetry.ifLost(() -> client.getApiResources(version)))
                .flatMap(served -> served.getResources().stream());
    }

    private List<FoundObject> listed(ResourcePath resourcePath, ResourceDefinitionContext served, String query) {
        String path = resourcePath.path(served) + query;
        JsonNode answer = TransientRetry.ifLost(() -> ApiRequests.result(requests.metadataOfAll(path)));
        return StreamSupport.stream(answer.path("items").spliterator(), false)
                .map(item -> found(resourcePath, JSON.convertValue(item.path("metadata"), ObjectMeta.class)))
                .toList();
    }

    private static FoundObject found(ResourcePath resourcePath, ObjectMeta metadata) {
        return new FoundObject(
                new ObjectRef(
                        resourcePath.apiVersion(), resourcePath.kind(), metadata.getNamespace(), metadata.getName()),
                orNone(metadata.getLabels()),
                orNone(metadata.getAnnotations()),
                managers(metadata),
                !metadata.getOwnerReferences().isEmpty(),
                metadata.getDeletionTimestamp() != null);
    }

    private static List<String> managers(ObjectMeta metadata) {
        List<String> managers = new ArrayList<>();
        metadata.getManagedFields().stream()
                .map(ManagedFieldsEntry::getManager)
                .filter(Objects::nonNull)
                .distinct()
                .forEach(managers::add);
        return managers;
    }

    private static String selector(Map<String, String> labels) {
        String wanted = labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
        return wanted.isEmpty() ? "" : "?labelSelector=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8);
    }

    /** Sends the request at once. Sends it again if the answer was lost when it is needed. */
    private Supplier<JsonNode> asked(String path, List<ObjectRef> wanted) {
        AtomicReference<CompletableFuture<JsonNode>> first = new AtomicReference<>(ask(path, wanted));
        return () -> TransientRetry.ifLost(() -> {
            CompletableFuture<JsonNode> under = first.getAndSet(null);
            return ApiRequests.result(under == null ? ask(path, wanted) : under);
        });
    }

    private CompletableFuture<JsonNode> ask(String path, List<ObjectRef> wanted) {
        return wanted.size() == 1 ? requests.metadata(path + "/" + wanted.get(0).name()) : requests.metadataOfAll(path);
    }

    private static void collect(ResourcePath resourcePath, JsonNode answer, Map<ObjectRef, ObjectMeta> found) {
        Iterable<JsonNode> items = answer.has("items") ? answer.path("items") : List.of(answer);
        items.forEach(object -> {
            JsonNode metadata = object.path("metadata");
            if (metadata.has("uid")) {
                found.put(resourcePath.object(metadata), JSON.convertValue(metadata, ObjectMeta.class));
            }
        });
    }

    /** Equal names mean equal content. */
    private static String state(String kind, ObjectMeta metadata) {
        String leaving = metadata.getDeletionTimestamp() == null ? "" : " being deleted";
        return metadata.getUid() + " " + version(kind, metadata) + leaving;
    }

    /**
     * If a controller writes the status often, the generation represents the content, together with labels and annotations,
     * which it does not count.
     */
    private static String version(String kind, ObjectMeta metadata) {
        if (!BUSY_STATUS.contains(kind) || metadata.getGeneration() == null) {
            return metadata.getResourceVersion();
        }
        TreeMap<String, String> marks = new TreeMap<>();
        marks.putAll(orNone(metadata.getLabels()));
        marks.putAll(orNone(metadata.getAnnotations()));
        return "generation %d %s"
                .formatted(metadata.getGeneration(), ContentHash.ofObject(marks).substring(0, 12));
    }

    private static Map<String, String> orNone(@Nullable Map<String, String> marks) {
        return marks == null ? Map.of() : marks;
    }
}

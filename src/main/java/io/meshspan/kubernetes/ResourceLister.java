package io.meshspan.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Who is there: objects by kind and labels, or everything in a namespace, each by its metadata alone. */
final class ResourceLister {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The same events again, and figures that nobody stored. */
    private static final Set<String> NO_OBJECTS = Set.of("events.k8s.io", "metrics.k8s.io");

    private final KubernetesClient client;
    private final ApiDiscovery apiDiscovery;
    private final MetadataReader reader;

    ResourceLister(KubernetesClient client, ApiDiscovery apiDiscovery) {
        this.client = client;
        this.apiDiscovery = apiDiscovery;
        this.reader = new MetadataReader(client);
    }

    /** In all namespaces; none where the cluster does not serve the kind. */
    List<FoundObject> found(String apiVersion, String kind, Map<String, String> labels) {
        return apiDiscovery
                .find(apiVersion, kind)
                .map(served -> listed(new ResourcePath(apiVersion, kind, null), served, selector(labels)))
                .orElse(List.of());
    }

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
                .flatMap(resource -> in(namespace, version, resource).stream());
    }

    /** None of a group that has gone between two questions. */
    private Stream<APIResource> resources(String version) {
        return Stream.ofNullable(TransientRetry.ifLost(() -> client.getApiResources(version)))
                .flatMap(served -> served.getResources().stream());
    }

    private List<FoundObject> in(String namespace, String version, APIResource resource) {
        return listed(
                new ResourcePath(version, resource.getKind(), namespace), ApiDiscovery.context(version, resource), "");
    }

    private List<FoundObject> listed(ResourcePath resourcePath, ResourceDefinitionContext served, String query) {
        JsonNode items = answer(resourcePath.path(served) + query).path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> found(resourcePath, JSON.convertValue(item.path("metadata"), ObjectMeta.class)))
                .toList();
    }

    private JsonNode answer(String path) {
        return TransientRetry.ifLost(() -> FutureResult.to(reader.list(path)));
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

    private static Map<String, String> orNone(@Nullable Map<String, String> marks) {
        return marks == null ? Map.of() : marks;
    }

    private static String selector(Map<String, String> labels) {
        String wanted = labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
        return wanted.isEmpty() ? "" : "?labelSelector=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8);
    }
}

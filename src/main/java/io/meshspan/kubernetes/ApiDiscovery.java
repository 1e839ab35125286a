package io.meshspan.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.meshspan.kubernetes.failure.TransientRetry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the API path of any kind by discovery. Known kinds are cached; unknown ones are looked up again.
 */
final class ApiDiscovery {

    private final KubernetesClient client;
    private final Map<String, ResourceDefinitionContext> known = new ConcurrentHashMap<>();

    ApiDiscovery(KubernetesClient client) {
        this.client = client;
    }

    /** Empty if the cluster does not serve the kind, for example before its CRD is established. */
    Optional<ResourceDefinitionContext> find(String apiVersion, String kind) {
        String key = apiVersion + "/" + kind;
        ResourceDefinitionContext kept = known.get(key);
        return Optional.ofNullable(kept == null ? learn(apiVersion).get(key) : kept);
    }

    /** The client's access to one object; empty if the cluster does not serve the kind. */
    Optional<Resource<GenericKubernetesResource>> resource(GenericKubernetesResource object) {
        return find(object.getApiVersion(), object.getKind()).map(kind -> {
            var all = client.genericKubernetesResources(kind);
            String namespace = object.getMetadata().getNamespace();
            return namespace == null
                    ? all.resource(object)
                    : all.inNamespace(namespace).resource(object);
        });
    }

    /** The path of the object on the API server; empty if the cluster does not serve the kind. */
    Optional<String> path(ObjectRef object) {
        return find(object.apiVersion(), object.kind()).map(ResourcePath.of(object)::path);
    }

    /** Null if it does not exist. */
    static @Nullable GenericKubernetesResource live(Resource<GenericKubernetesResource> target) {
        return TransientRetry.ifLost(target::get);
    }

    GenericKubernetesResource generic(HasMetadata object) {
        return object instanceof GenericKubernetesResource generic
                ? generic
                : client.getKubernetesSerialization().convertValue(object, GenericKubernetesResource.class);
    }

    /** Clears the cache: CRDs may be removed while this service runs. */
    void forget() {
        known.clear();
    }

    private Map<String, ResourceDefinitionContext> learn(String apiVersion) {
        Map<String, ResourceDefinitionContext> learnt = new HashMap<>();
        APIResourceList served = TransientRetry.ifLost(() -> client.getApiResources(apiVersion));
        if (served != null) {
            served.getResources().stream()
                    .filter(resource -> !resource.getName().contains("/"))
                    .forEach(resource ->
                            learnt.put(apiVersion + "/" + resource.getKind(), context(apiVersion, resource)));
        }
        known.putAll(learnt);
        return learnt;
    }

    static ResourceDefinitionContext context(String apiVersion, APIResource resource) {
        int slash = apiVersion.indexOf('/');
        return new ResourceDefinitionContext.Builder()
                .withGroup(slash < 0 ? "" : apiVersion.substring(0, slash))
                .withVersion(apiVersion.substring(slash + 1))
                .withKind(resource.getKind())
                .withPlural(resource.getName())
                .withNamespaced(Boolean.TRUE.equals(resource.getNamespaced()))
                .build();
    }

    /** The path of the objects of a kind, in a namespace or in the whole cluster. */
    record ResourcePath(
            String apiVersion, String kind, @Nullable String namespace) {

        static ResourcePath of(ObjectRef object) {
            return new ResourcePath(object.apiVersion(), object.kind(), object.namespace());
        }

        ObjectRef object(JsonNode metadata) {
            return new ObjectRef(
                    apiVersion, kind, namespace, metadata.path("name").asText());
        }

        String path(ResourceDefinitionContext served) {
            String group = served.getGroup().isEmpty() ? "api/" : "apis/" + served.getGroup() + "/";
            String within = namespace == null ? "" : "/namespaces/" + namespace;
            return group + served.getVersion() + within + "/" + served.getPlural();
        }
    }
}

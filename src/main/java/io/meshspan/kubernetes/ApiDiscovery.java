package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the cluster calls a kind in its URLs, by discovery. Known kinds are kept; unknown ones are asked for again. */
final class ApiDiscovery {

    private final KubernetesClient client;
    private final Map<String, ResourceDefinitionContext> known = new ConcurrentHashMap<>();

    ApiDiscovery(KubernetesClient client) {
        this.client = client;
    }

    /** Empty where the cluster does not serve the kind, as before its CRD is established. */
    Optional<ResourceDefinitionContext> find(String apiVersion, String kind) {
        String key = apiVersion + "/" + kind;
        ResourceDefinitionContext kept = known.get(key);
        return Optional.ofNullable(kept == null ? learn(apiVersion).get(key) : kept);
    }

    /** CRDs may be removed while this service runs, with what it knows of them. */
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
}

package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where an object lives in a cluster's API, whatever its kind. */
final class ResourceClients {

    private final KubernetesClient client;
    private final ApiDiscovery apiDiscovery;

    ResourceClients(KubernetesClient client, ApiDiscovery apiDiscovery) {
        this.client = client;
        this.apiDiscovery = apiDiscovery;
    }

    /** Empty where the cluster does not serve the kind. */
    Optional<Resource<GenericKubernetesResource>> find(GenericKubernetesResource object) {
        return apiDiscovery.find(object.getApiVersion(), object.getKind()).map(kind -> {
            var all = client.genericKubernetesResources(kind);
            String namespace = object.getMetadata().getNamespace();
            return namespace == null
                    ? all.resource(object)
                    : all.inNamespace(namespace).resource(object);
        });
    }

    /** Null if it is not there. */
    static @Nullable GenericKubernetesResource live(Resource<GenericKubernetesResource> target) {
        return TransientRetry.ifLost(target::get);
    }

    GenericKubernetesResource generic(HasMetadata object) {
        return object instanceof GenericKubernetesResource generic
                ? generic
                : client.getKubernetesSerialization().convertValue(object, GenericKubernetesResource.class);
    }
}

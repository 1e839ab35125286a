package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import org.jspecify.annotations.Nullable;

/** The objects of a type, in a namespace or in the whole cluster. */
final class ScopedResources {

    private ScopedResources() {}

    static <T extends HasMetadata> NonNamespaceOperation<T, KubernetesResourceList<T>, Resource<T>> of(
            KubernetesClient client, Class<T> type, @Nullable String namespace) {
        var all = client.resources(type);
        return namespace == null ? all : all.inNamespace(namespace);
    }

    /** As {@link #of}, but without a namespace those of all namespaces, not only of the context's. */
    static <T extends HasMetadata> FilterWatchListDeletable<T, KubernetesResourceList<T>, Resource<T>> all(
            KubernetesClient client, Class<T> type, @Nullable String namespace) {
        var resources = client.resources(type);
        return namespace == null ? resources.inAnyNamespace() : resources.inNamespace(namespace);
    }
}

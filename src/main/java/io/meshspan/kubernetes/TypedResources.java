package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import org.jspecify.annotations.Nullable;

/** The client's access to objects of a type that its model knows. */
record TypedResources(KubernetesClient client) {

    /** @param namespace null for cluster-scoped objects */
    <T extends HasMetadata> NonNamespaceOperation<T, KubernetesResourceList<T>, Resource<T>> of(
            Class<T> type, @Nullable String namespace) {
        var all = client.resources(type);
        return namespace == null ? all : all.inNamespace(namespace);
    }

    /** Like {@link #of}, but without a namespace it returns all namespaces, not only the context's. */
    <T extends HasMetadata> FilterWatchListDeletable<T, KubernetesResourceList<T>, Resource<T>> all(
            Class<T> type, @Nullable String namespace) {
        var resources = client.resources(type);
        return namespace == null ? resources.inAnyNamespace() : resources.inNamespace(namespace);
    }
}

package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
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

    <T extends HasMetadata> @Nullable T find(Class<T> type, @Nullable String namespace, String name) {
        return of(type, namespace).withName(name).get();
    }

    /** Without a namespace, of all namespaces. */
    <T extends HasMetadata> List<T> list(Class<T> type, @Nullable String namespace, Map<String, String> labels) {
        return all(type, namespace).withLabels(labels).list().getItems();
    }

    /** Completes with the object once it meets the condition; to cancel it ends the watch. */
    <T extends HasMetadata> CompletableFuture<T> when(
            Class<T> type, @Nullable String namespace, String name, Predicate<T> condition) {
        CompletableFuture<List<T>> informed = of(type, namespace)
                .withName(name)
                .informOnCondition(found -> !found.isEmpty() && condition.test(found.get(0)));
        CompletableFuture<T> met = informed.thenApply(found -> found.get(0));
        var unused = met.whenComplete((result, problem) -> informed.cancel(true));
        return met;
    }
}

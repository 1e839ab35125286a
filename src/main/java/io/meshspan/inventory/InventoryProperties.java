package io.meshspan.inventory;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Which clusters there are.
 *
 * @param kubeconfig the file to read; else {@code KUBECONFIG}, else {@code ~/.kube/config}
 * @param clusters by name; if empty, every context of the kubeconfig is a cluster of that name
 */
@ConfigurationProperties("meshspan.inventory")
record InventoryProperties(
        @Nullable Path kubeconfig, @Nullable Map<String, Entry> clusters) {

    Map<String, Entry> named() {
        return clusters == null ? Map.of() : clusters;
    }

    /**
     * One cluster.
     *
     * @param context the kubeconfig's context; the cluster's name if absent
     * @param network Istio's network; the cluster's name if absent, that is a network of its own
     * @param apiServer the address of its API server for the other clusters
     */
    record Entry(
            @Nullable String context,
            @Nullable String network,
            @Nullable URI apiServer) {}
}

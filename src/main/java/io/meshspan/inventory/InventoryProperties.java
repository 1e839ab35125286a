package io.meshspan.inventory;

import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioClusterName;
import io.meshspan.mesh.NetworkName;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The clusters that exist.
 *
 * @param kubeconfig The file with the contexts; KUBECONFIG if absent, or otherwise ~/.kube/config.
 * @param folder A folder with separate kubeconfigs; their contexts are added to those of the kubeconfig.
 * @param clusters The clusters by name, each with context, cluster-name, network and api-server; if none is named, every
 *     context of the kubeconfig is a cluster of that name.
 */
@Validated
@ConfigurationProperties("meshspan.inventory")
record InventoryProperties(
        @Nullable Path kubeconfig,
        @Nullable Path folder,
        @Nullable Map<ClusterName, @Valid Entry> clusters) {

    Map<ClusterName, Entry> named() {
        return clusters == null ? Map.of() : clusters;
    }

    Entry entry(ClusterName name) {
        return named().getOrDefault(name, Entry.EMPTY);
    }

    /**
     * One cluster.
     *
     * @param context The kubeconfig's context; the cluster's name if absent.
     * @param clusterName Its name in Istio (global.multiCluster.clusterName, the key of its remote secrets); the cluster's
     *     name if absent.
     * @param network Its Istio network; the cluster's name if absent, which means a network of its own.
     * @param apiServer The address of its API server for the other clusters; the kubeconfig's if absent.
     */
    record Entry(
            @Nullable @Size(min = 1) String context,
            @Nullable IstioClusterName clusterName,
            @Nullable NetworkName network,

            @Nullable @Pattern(regexp = ADDRESS, message = "an address such as https://192.0.2.1:6443")
            String apiServer) {

        static final Entry EMPTY = new Entry(null, null, null, null);

        private static final String ADDRESS =
                "https?://[\\w.-]+(:\\d{1,5})?(/[^\\s@?#]*)?|https?://\\[[0-9a-fA-F:]+](:\\d{1,5})?/?";

        KnownCluster known(ClusterName name, String inContext, KubeconfigSource kubeconfig) {
            return new KnownCluster(
                    name,
                    clusterName == null ? new IstioClusterName(name.value()) : clusterName,
                    network == null ? new NetworkName(name.value()) : network,
                    inContext,
                    kubeconfig,
                    address(),
                    Optional.of(inContext).filter(given -> context == null && !given.equals(name.value())));
        }

        Optional<URI> address() {
            return Optional.ofNullable(apiServer).map(URI::create);
        }
    }
}

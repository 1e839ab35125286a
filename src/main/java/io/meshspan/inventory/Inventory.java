package io.meshspan.inventory;

import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioClusterName;
import io.meshspan.mesh.NetworkName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The clusters that this service may touch. It never connects to a cluster outside this list. */
public interface Inventory {

    List<KnownCluster> clusters();

    /** Clusters that some source names and that are not in this list, because of their names. */
    default List<LeftOutCluster> leftOut() {
        return List.of();
    }

    default Optional<KnownCluster> find(ClusterName name) {
        return clusters().stream().filter(c -> c.name().equals(name)).findFirst();
    }

    default Map<ClusterName, NetworkName> networks() {
        return clusters().stream().collect(Collectors.toMap(KnownCluster::name, KnownCluster::network));
    }

    /** Their names in Istio. */
    default Map<ClusterName, IstioClusterName> istioNames() {
        return clusters().stream().collect(Collectors.toMap(KnownCluster::name, KnownCluster::istioName));
    }
}

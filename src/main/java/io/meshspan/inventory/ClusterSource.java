package io.meshspan.inventory;

import java.util.List;

/** Clusters that are not in a kubeconfig of this service. */
public interface ClusterSource {

    /** The clusters that are known now; makes no calls. */
    List<KnownCluster> clusters();

    /** Those that cannot be in the inventory, with the reason. */
    default List<LeftOutCluster> leftOut() {
        return List.of();
    }
}

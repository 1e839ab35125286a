package io.meshspan.inventory;

import java.util.List;

/** Clusters that stand in no kubeconfig of this service. */
public interface ClusterSource {

    /** Those that are known at this moment; asks nobody. */
    List<KnownCluster> clusters();
}

package io.meshspan.inventory;

import io.meshspan.mesh.ClusterName;
import java.util.List;
import java.util.Optional;

/** The clusters that this service may touch: nothing outside this list is ever spoken to. */
public interface Inventory {

    List<KnownCluster> clusters();

    default Optional<KnownCluster> find(ClusterName name) {
        return clusters().stream().filter(c -> c.name().equals(name)).findFirst();
    }
}

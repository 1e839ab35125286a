package io.meshspan.inventory;

import java.util.List;

/** The clusters that this service may touch. */
public interface Inventory {

    List<KnownCluster> clusters();
}

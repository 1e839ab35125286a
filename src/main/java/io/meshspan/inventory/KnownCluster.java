package io.meshspan.inventory;

import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.NetworkName;

/** A cluster of the inventory and the network it is on. */
public record KnownCluster(ClusterName name, NetworkName network) {}

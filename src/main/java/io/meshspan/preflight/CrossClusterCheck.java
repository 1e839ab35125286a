package io.meshspan.preflight;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.SortedMap;

/** Checks one problem that can prevent a change between clusters. Read-only. */
interface CrossClusterCheck {

    /** The name in docs/preflight.md. */
    String name();

    /** Reads from each cluster, in parallel, what {@link #compare} needs. */
    void read(ClusterSnapshot cluster);

    List<Finding> compare(Mesh mesh, SortedMap<ClusterName, ClusterSnapshot> clusters);
}

package io.meshspan.preflight;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.SortedMap;

/** One thing that can stand in a change's way between clusters. Changes nothing in them. */
interface CrossClusterCheck {

    /** As docs/preflight.md lists it. */
    String name();

    /** Reads, in each cluster side by side, what {@link #compare} will then find read. */
    void look(ClusterSnapshot cluster);

    List<Finding> compare(Mesh mesh, SortedMap<ClusterName, ClusterSnapshot> clusters);
}

package io.meshspan.preflight;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.Mesh;
import java.util.List;

/** Checks one problem that can prevent a change in a cluster. Read-only. */
interface Check {

    /** The name in docs/preflight.md. */
    String name();

    /** @param cluster its current state, and its planned part in the mesh */
    List<Finding> check(Mesh mesh, ClusterSnapshot cluster);

    /** What of it also matters when an existing mesh is only verified. */
    default List<Finding> checkBeforeVerification(Mesh mesh, ClusterSnapshot cluster) {
        return List.of();
    }
}

package io.meshspan.preflight;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.Mesh;
import java.util.List;

/** One thing that can stand in a change's way in a cluster. Changes nothing there. */
interface Check {

    /** As docs/preflight.md lists it. */
    String name();

    /** Whether it concerns somebody, too, who only verifies a mesh that is there. */
    default boolean beforeVerification() {
        return false;
    }

    /** @param cluster as it stands, and with the part that it is to have in the mesh */
    List<Finding> check(Mesh mesh, ClusterSnapshot cluster);
}

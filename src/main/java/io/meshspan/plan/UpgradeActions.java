package io.meshspan.plan;

import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Set;

/** What an upgrade does besides applying charts, read from a cluster: it moves namespaces, restarts workloads, removes the older revision. */
public interface UpgradeActions {

    /** @param wanted everything that the new revision consists of */
    List<PlannedObject> of(Mesh mesh, Cluster cluster, Set<ObjectRef> wanted);
}

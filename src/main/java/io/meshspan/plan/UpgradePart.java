package io.meshspan.plan;

import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Set;

/** The part of an upgrade's plan that is read from a cluster, not rendered: its namespaces, workloads and old control planes. */
public interface UpgradePart {

    /** @param wanted everything that the new revision consists of */
    List<PlannedObject> of(Mesh mesh, Cluster cluster, Set<ObjectRef> wanted);
}

package io.meshspan.plan;

import io.meshspan.mesh.Member;
import java.util.List;

/** The desired objects of each cluster of a mesh, in the order in which they are applied. */
interface DesiredObjects {

    /** @param approved the approved plan of this cluster; empty if there is none */
    List<DesiredObject> of(Member member, ClusterPlan approved);
}

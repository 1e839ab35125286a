package io.meshspan.plan;

import io.meshspan.mesh.Member;
import java.util.List;

/** What is wanted in each cluster of a mesh, in the order in which it is applied. */
interface DesiredObjects {

    /** @param approved the plan that was approved for this cluster; an empty one where none was */
    List<DesiredObject> of(Member member, ClusterPlan approved);
}

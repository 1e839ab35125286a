package io.meshspan.kubernetes;

import io.meshspan.mesh.ClusterName;
import java.util.Collection;
import java.util.SortedMap;
import java.util.function.Function;

/** Every cluster that the inventory names. */
public interface Clusters {

    Cluster get(ClusterName name);

    /**
     * Does the same in several clusters side by side and waits for all of them. If some fail, the others still finish;
     * then all failures are thrown as one: {@link io.meshspan.finding.PassingFault} if any may pass, else
     * {@link io.meshspan.finding.StepFailed} with every finding.
     */
    <R> SortedMap<ClusterName, R> inEach(Collection<ClusterName> names, Function<Cluster, R> step);
}

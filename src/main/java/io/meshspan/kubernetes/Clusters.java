package io.meshspan.kubernetes;

import io.meshspan.mesh.ClusterName;
import java.time.Duration;
import java.util.Collection;
import java.util.SortedMap;
import java.util.function.Function;

/** Every cluster that the inventory names. */
public interface Clusters {

    /** @throws io.meshspan.finding.StepFailed CLUSTER_UNKNOWN if the inventory does not name it (any more) */
    Cluster get(ClusterName name);

    /** How long after it was sent a write without an answer may still be carried out. */
    default Duration lateWriteWithin() {
        return Duration.ofSeconds(75);
    }

    /**
     * Does the same in several clusters side by side and waits for all of them. If some fail, the others still finish;
     * then all failures are thrown as one: {@link io.meshspan.finding.TransientException} if any may pass, else
     * {@link io.meshspan.finding.StepFailed} with every finding.
     */
    <R> SortedMap<ClusterName, R> inEach(Collection<ClusterName> names, Function<Cluster, R> step);

    /** The same for what takes minutes in each: it holds up nobody's short calls, a Lease's renewal for example. */
    default <R> SortedMap<ClusterName, R> inEachForLong(Collection<ClusterName> names, Function<Cluster, R> step) {
        return inEach(names, step);
    }
}

package io.meshspan.kubernetes;

import io.meshspan.mesh.ClusterName;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;

/** All clusters of the inventory. */
public interface Clusters {

    /** @throws io.meshspan.finding.StepFailed CLUSTER_UNKNOWN if the inventory does not have it, or not any more */
    Cluster get(ClusterName name);

    /** How long a write without an answer may still be executed after it was sent. */
    default Duration lateWriteWithin() {
        return Duration.ofSeconds(75);
    }

    /**
     * Does the same in several clusters in parallel and waits for all of them. If some fail, the others still finish. Then
     * all failures are thrown as one exception: {@link io.meshspan.finding.TransientException} if any may be transient,
     * otherwise {@link io.meshspan.finding.StepFailed} with all findings.
     */
    <R> SortedMap<ClusterName, R> inEach(Collection<ClusterName> names, Function<Cluster, R> step);

    /**
     * Like {@link #inEach}, for calls that take minutes: they do not delay short calls, for example the renewal of a Lease.
     */
    default <R> SortedMap<ClusterName, R> inEachForLong(Collection<ClusterName> names, Function<Cluster, R> step) {
        return inEach(names, step);
    }

    /** The lists of all clusters in one, cluster by cluster. */
    static <R> List<R> joined(SortedMap<ClusterName, List<R>> lists) {
        return lists.values().stream().flatMap(List::stream).toList();
    }
}

package io.meshspan.verification;

import io.meshspan.mesh.ClusterName;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the istiods of one primary say about the clusters that they must watch.
 *
 * @param targets the clusters that this control plane must watch
 * @param replicas by istiod pod: the sync status of each target, or {@code missing}; only for Ready pods
 * @param notMeasured why no istiod could be asked, or null
 */
public record ControlPlaneView(
        List<ClusterName> targets,
        SortedMap<String, SortedMap<ClusterName, String>> replicas,
        @Nullable String notMeasured) {

    public ControlPlaneView {
        targets = List.copyOf(targets);
        replicas = Collections.unmodifiableSortedMap(new TreeMap<>(replicas));
    }

    boolean measured() {
        return notMeasured == null && !replicas.isEmpty();
    }

    /** How many targets are not in sync, and one more if no istiod says anything. */
    int missing() {
        return measured()
                ? (int) targets.stream()
                        .filter(t -> !status(t).equals(Clusterz.SYNCED))
                        .count()
                : targets.size() + 1;
    }

    /** {@code synced} if all replicas report that; otherwise the status of a replica that is not. */
    public String status(ClusterName target) {
        if (notMeasured != null) {
            return "not measured";
        }
        return replicas.values().stream()
                .map(seen -> seen.getOrDefault(target, Clusterz.MISSING))
                .reduce((a, b) -> a.equals(Clusterz.SYNCED) ? b : a)
                .orElse("no Ready istiod");
    }
}

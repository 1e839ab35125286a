package io.meshspan.verification;

import io.meshspan.mesh.ClusterName;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The calls to HelloWorld from every cluster of a mesh.
 *
 * @param url the called URL
 * @param multiNetwork whether answers of other clusters may pass through east-west gateways
 * @param versions the version in each cluster
 * @param from the answers that each cluster's client got
 */
public record CallReport(
        String url,
        boolean multiNetwork,
        SortedMap<ClusterName, String> versions,
        SortedMap<ClusterName, ClusterCalls> from) {

    public CallReport {
        versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
        from = Collections.unmodifiableSortedMap(new TreeMap<>(from));
    }

    /** Whether every cluster got an answer from every version. A cluster that could not be measured counts as no. */
    public boolean complete() {
        return !versions.isEmpty()
                && from.keySet().containsAll(versions.keySet())
                && from.values().stream().allMatch(calls -> calls.heardAll(versions.values()));
    }
}

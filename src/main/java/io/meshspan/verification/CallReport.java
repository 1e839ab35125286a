package io.meshspan.verification;

import io.meshspan.mesh.ClusterName;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The calls to HelloWorld from every cluster of a mesh.
 *
 * @param url what was called
 * @param multiNetwork whether answers from other clusters may come through east-west gateways
 * @param versions which version runs in which cluster
 * @param from what each cluster's client heard
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

    /** Whether every version was heard from every cluster; a cluster that could not be measured counts against it. */
    public boolean complete() {
        return !versions.isEmpty()
                && from.keySet().containsAll(versions.keySet())
                && from.values().stream().allMatch(calls -> calls.heardAll(versions.values()));
    }
}

package io.meshspan.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Things said of clusters, such that what is said of the same clusters stands together. */
final class GroupedByClusters<T> {

    private final Map<T, List<String>> clusters = new LinkedHashMap<>();

    void add(T said, String cluster) {
        clusters.computeIfAbsent(said, thing -> new ArrayList<>()).add(cluster);
    }

    /** What is said, by the clusters of which it is said; in the order in which it was. */
    Map<List<String>, List<T>> byClusters() {
        Map<List<String>, List<T>> groups = new LinkedHashMap<>();
        clusters.forEach((said, names) ->
                groups.computeIfAbsent(names, n -> new ArrayList<>()).add(said));
        return groups;
    }
}

package io.meshspan.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Groups statements that are true of the same clusters. */
final class GroupedByClusters<T> {

    private final Map<T, List<String>> clusters = new LinkedHashMap<>();

    void add(T said, String cluster) {
        clusters.computeIfAbsent(said, thing -> new ArrayList<>()).add(cluster);
    }

    /** The statements by their clusters, in their original order. */
    Map<List<String>, List<T>> byClusters() {
        Map<List<String>, List<T>> groups = new LinkedHashMap<>();
        clusters.forEach((said, names) ->
                groups.computeIfAbsent(names, n -> new ArrayList<>()).add(said));
        return groups;
    }
}

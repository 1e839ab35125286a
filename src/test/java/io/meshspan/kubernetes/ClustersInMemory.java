package io.meshspan.kubernetes;

import io.meshspan.mesh.ClusterName;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Clusters in memory, worked on one after the other. */
public record ClustersInMemory(List<ClusterInMemory> all) implements Clusters {

    public static ClustersInMemory of(ClusterInMemory... clusters) {
        return new ClustersInMemory(List.of(clusters));
    }

    @Override
    public Cluster get(ClusterName name) {
        return all.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    }

    @Override
    public <R> SortedMap<ClusterName, R> inEach(Collection<ClusterName> names, Function<Cluster, R> step) {
        SortedMap<ClusterName, R> results = new TreeMap<>();
        names.forEach(name -> results.put(name, step.apply(get(name))));
        return results;
    }
}

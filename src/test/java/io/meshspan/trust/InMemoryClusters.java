package io.meshspan.trust;

import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The clusters of one test, one after the other. */
record InMemoryClusters(List<InMemoryCluster> all) implements Clusters {

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

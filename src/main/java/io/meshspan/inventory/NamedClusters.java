package io.meshspan.inventory;

import io.meshspan.mesh.ClusterName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The clusters of all sources, each name once. A name that is a DNS label counts before one that was made a label, then the
 * kubeconfig's cluster before another source's.
 *
 * @param given the lists that it was made from; a source returns the same list until it changes
 * @param leftOut those whose name another one has
 */
record NamedClusters(List<List<KnownCluster>> given, List<KnownCluster> clusters, List<LeftOutCluster> leftOut) {

    static final String RENAME = "name it in meshspan.inventory.clusters";

    NamedClusters {
        given = List.copyOf(given);
        clusters = List.copyOf(clusters);
        leftOut = List.copyOf(leftOut);
    }

    /** @param given the list of the kubeconfigs before those of other sources */
    static NamedClusters of(List<List<KnownCluster>> given) {
        Map<ClusterName, KnownCluster> all = new TreeMap<>();
        List<LeftOutCluster> leftOut = new ArrayList<>();
        given.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(cluster -> cluster.givenName().isPresent()))
                .forEach(cluster -> {
                    KnownCluster first = all.putIfAbsent(cluster.name(), cluster);
                    if (first != null && (cluster.givenName().isPresent() || areOfOneSource(first, cluster))) {
                        leftOut.add(without(cluster, first));
                    }
                });
        return new NamedClusters(given, List.copyOf(all.values()), leftOut);
    }

    private static LeftOutCluster without(KnownCluster cluster, KnownCluster first) {
        return new LeftOutCluster(
                cluster.givenName().orElse(cluster.name().value()),
                cluster.kubeconfig().toString(),
                "its name would be %s, which is that of a cluster in %s; %s"
                        .formatted(
                                cluster.name(),
                                first.kubeconfig(),
                                isOfFile(cluster) ? RENAME : "give it another name there"));
    }

    /** A cluster that a kubeconfig and another source name alike is one, and the kubeconfig's counts. */
    private static boolean areOfOneSource(KnownCluster one, KnownCluster other) {
        return isOfFile(one) == isOfFile(other);
    }

    private static boolean isOfFile(KnownCluster cluster) {
        return !cluster.kubeconfig().files().isEmpty();
    }
}

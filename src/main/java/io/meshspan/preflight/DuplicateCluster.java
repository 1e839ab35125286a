package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.Namespace;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Do two contexts lead to the same cluster? The UID of its namespace kube-system shows this: it is unique. */
@Component
final class DuplicateCluster implements CrossClusterCheck {

    @Override
    public String name() {
        return "Same cluster twice";
    }

    @Override
    public void read(ClusterSnapshot cluster) {
        uid(cluster);
    }

    @Override
    public List<Finding> compare(Mesh mesh, SortedMap<ClusterName, ClusterSnapshot> clusters) {
        Map<String, List<ClusterName>> byUid = new TreeMap<>();
        clusters.forEach((name, cluster) -> uid(cluster)
                .ifPresent(uid ->
                        byUid.computeIfAbsent(uid, first -> new ArrayList<>()).add(name)));
        return byUid.values().stream()
                .filter(names -> names.size() > 1)
                .map(DuplicateCluster::finding)
                .toList();
    }

    private static Optional<String> uid(ClusterSnapshot cluster) {
        return cluster.anywhere(Namespace.class).stream()
                .filter(namespace -> namespace.getMetadata().getName().equals("kube-system"))
                .map(namespace -> Optional.ofNullable(namespace.getMetadata().getUid()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Finding finding(List<ClusterName> names) {
        return Finding.blocking(
                names.stream().map(ClusterName::value).collect(Collectors.joining(", ")),
                "Namespace kube-system",
                "a cluster behind each name",
                "the same UID, so one cluster under several names",
                "Correct their contexts in meshspan.inventory.clusters, or leave all but one out.");
    }
}

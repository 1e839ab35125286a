package io.meshspan.mesh;

import io.meshspan.finding.Finding;
import java.util.List;
import java.util.Optional;

/**
 * The rules for the control plane that a cluster uses: a primary uses its own, a remote uses that of a primary of the mesh.
 */
final class ControlPlaneRules {

    private ControlPlaneRules() {}

    static Optional<Finding> finding(RequestedClusters clusters, RequestedCluster cluster) {
        if (!cluster.controlPlane().readable() || !cluster.name().readable()) {
            return Optional.empty();
        }
        if (cluster.isRemote()) {
            return remote(clusters, cluster);
        }
        return cluster.isPrimary() ? primary(cluster) : Optional.empty();
    }

    private static Optional<Finding> primary(RequestedCluster cluster) {
        RequestField said = cluster.controlPlane();
        return said.isAbsent() || cluster.isCalled(said.text())
                ? Optional.empty()
                : finding(
                        cluster,
                        "nothing, since a primary uses its own",
                        said.quoted(),
                        "Leave it out, or give the cluster role: remote.");
    }

    private static Optional<Finding> remote(RequestedClusters clusters, RequestedCluster cluster) {
        String name = cluster.controlPlane().text();
        if (cluster.controlPlane().isAbsent()) {
            return clusters.onlyPrimary().isPresent() || clusters.primaries().isEmpty()
                    ? Optional.empty()
                    : finding(cluster, "a primary of the mesh", "nothing", among(clusters));
        }
        return isPrimary(clusters, name)
                ? Optional.empty()
                : finding(cluster, "a primary of the mesh", found(clusters, cluster), among(clusters));
    }

    private static boolean isPrimary(RequestedClusters clusters, String name) {
        return clusters.primaries().stream().anyMatch(primary -> primary.isCalled(name));
    }

    private static String found(RequestedClusters clusters, RequestedCluster remote) {
        RequestField said = remote.controlPlane();
        boolean member = clusters.all().stream().anyMatch(other -> other.isCalled(said.text()));
        return "%s, which is %s".formatted(said.quoted(), member ? "no primary" : "not in the mesh");
    }

    private static String among(RequestedClusters clusters) {
        List<String> primaries =
                clusters.primaries().stream().map(p -> p.name().text()).toList();
        return "Name the primary whose control plane it uses, one of %s.".formatted(InputRules.list(primaries));
    }

    private static Optional<Finding> finding(RequestedCluster cluster, String expected, String found, String advice) {
        RequestField controlPlane = cluster.controlPlane();
        String what = "controlPlane of " + InputRules.name(cluster.name().text());
        return Optional.of(Finding.blocking(controlPlane.where(), what, expected, found, advice));
    }
}

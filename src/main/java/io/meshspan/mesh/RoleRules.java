package io.meshspan.mesh;

import io.meshspan.finding.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules for roles: the topology decides who may be primary or remote, and a remote needs a primary of the mesh. */
final class RoleRules {

    private RoleRules() {}

    static List<Finding> findings(MeshRequest request) {
        RequestedClusters clusters = request.clusters();
        Stream<Finding> perCluster = clusters.all().stream()
                .flatMap(cluster -> Stream.of(role(cluster), ControlPlaneRules.finding(clusters, cluster)))
                .flatMap(Optional::stream);
        return Stream.concat(perCluster, topology(request).stream()).toList();
    }

    private static Optional<Finding> role(RequestedCluster cluster) {
        RequestField role = cluster.role();
        return !role.readable() || cluster.isPrimary() || cluster.isRemote()
                ? Optional.empty()
                : Optional.of(Finding.blocking(
                        role.where(),
                        "role of " + InputRules.name(cluster.name().text()),
                        "primary or remote",
                        role.quoted(),
                        "A primary has a control plane of its own, a remote uses that of a primary."));
    }

    private static Optional<Finding> topology(MeshRequest request) {
        RequestedClusters clusters = request.clusters();
        return clusters.all().isEmpty() || !clusters.rolesAreClear()
                ? Optional.empty()
                : topology(request.topology().primaries(), clusters);
    }

    private static Optional<Finding> topology(Topology.Primaries wanted, RequestedClusters clusters) {
        int primaries = clusters.primaries().size();
        if (primaries == 0) {
            return finding(clusters, "at least one primary", "only remotes", "Give one of them role: primary.");
        }
        return switch (wanted) {
            case ALL -> clusters.remotes().isEmpty() ? Optional.empty() : onlyPrimaries(clusters);
            case ONE -> primaries == 1 ? Optional.empty() : onePrimary(clusters);
            case ANY -> Optional.empty();
        };
    }

    private static Optional<Finding> onlyPrimaries(RequestedClusters clusters) {
        return finding(
                clusters,
                "primaries, as this topology has no remotes",
                "remotes " + InputRules.list(names(clusters.remotes())),
                "Use a primary-remote topology or install-mesh, or make them primaries.");
    }

    private static Optional<Finding> onePrimary(RequestedClusters clusters) {
        return finding(
                clusters,
                "one primary, whose control plane the others use",
                "primaries " + InputRules.list(names(clusters.primaries())),
                "Give the others role: remote, or use a multi-primary topology or install-mesh.");
    }

    private static List<String> names(List<RequestedCluster> clusters) {
        return clusters.stream().map(cluster -> cluster.name().text()).toList();
    }

    private static Optional<Finding> finding(RequestedClusters clusters, String expected, String found, String advice) {
        return Optional.of(Finding.blocking(clusters.where(), "clusters", expected, found, advice));
    }
}

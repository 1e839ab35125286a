package io.meshspan.mesh;

import io.meshspan.finding.Finding;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The rules for a mesh's clusters: two or more, each only once, and the inventory knows each. */
final class ClusterRules {

    private ClusterRules() {}

    static List<Finding> findings(MeshRequest request) {
        return Stream.of(enough(request).stream(), twice(request), unknown(request))
                .flatMap(findings -> findings)
                .toList();
    }

    private static Optional<Finding> enough(MeshRequest request) {
        RequestedClusters clusters = request.clusters();
        List<String> named = clusters.all().stream().map(c -> c.name().text()).toList();
        return named.size() >= request.topology().fewest() || !clusters.readable()
                ? Optional.empty()
                : Optional.of(Finding.blocking(
                        clusters.where(),
                        "clusters",
                        request.topology().fewest() == 1 ? "one or more" : "two or more",
                        InputRules.list(named),
                        "Choose at least %s of the inventory: %s."
                                .formatted(
                                        request.topology().fewest() == 1 ? "one cluster" : "two clusters",
                                        inventory(request))));
    }

    private static Stream<Finding> twice(MeshRequest request) {
        return InputRules.repeated(
                "clusters",
                request.clusters().all().stream().map(RequestedCluster::name).toList());
    }

    private static Stream<Finding> unknown(MeshRequest request) {
        Set<String> seen = new HashSet<>();
        return request.clusters().all().stream()
                .filter(cluster -> cluster.name().readable())
                .filter(cluster -> request.knownNetwork(cluster).isEmpty())
                .map(RequestedCluster::name)
                .filter(name -> seen.add(name.text()))
                .map(name -> finding(name, expected(request, name), name.quoted(), advice(name)));
    }

    private static String expected(MeshRequest request, RequestField name) {
        return DnsLabel.matches(name.text())
                ? "one of the inventory: " + inventory(request)
                : "a DNS-1123 label, one of the inventory: " + inventory(request);
    }

    private static String advice(RequestField name) {
        return name.text().isEmpty()
                ? "Give the cluster's name in the inventory."
                : "Choose a cluster of the inventory, or add this one to meshspan.inventory.clusters.";
    }

    private static String inventory(MeshRequest request) {
        return InputRules.list(request.known().keySet().stream().sorted().toList());
    }

    private static Finding finding(RequestField name, String expected, String found, String advice) {
        return Finding.blocking(name.where(), "clusters", expected, found, advice);
    }
}

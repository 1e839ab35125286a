package io.meshspan.mesh;

import io.meshspan.finding.Finding;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules for the networks of the clusters: they are in the inventory, and their number fits the topology. */
final class NetworkRules {

    private NetworkRules() {}

    static List<Finding> findings(MeshRequest request) {
        Stream<Finding> differing = request.clusters().all().stream()
                .map(cluster -> differs(request, cluster))
                .flatMap(Optional::stream);
        return Stream.concat(differing, topology(request).stream()).toList();
    }

    private static Optional<Finding> differs(MeshRequest request, RequestedCluster cluster) {
        RequestField said = cluster.network();
        return request.knownNetwork(cluster)
                .filter(known -> said.isPresent() && !known.value().equals(said.text()))
                .map(known -> Finding.blocking(
                        said.where(),
                        "network of " + cluster.name().text(),
                        "'%s', as in the inventory".formatted(known),
                        said.quoted(),
                        "Correct it or leave it out; to move the cluster, change meshspan.inventory.clusters.%s.network."
                                .formatted(cluster.name().text())));
    }

    private static Optional<Finding> topology(MeshRequest request) {
        Set<String> networks = request.clusters().all().stream()
                .map(request::knownNetwork)
                .flatMap(Optional::stream)
                .map(NetworkName::value)
                .collect(Collectors.toCollection(TreeSet::new));
        return switch (request.topology().networks()) {
            case ONE -> networks.size() > 1 ? Optional.of(tooMany(request, networks)) : Optional.empty();
            case SEVERAL -> networks.size() == 1 ? Optional.of(tooFew(request, networks)) : Optional.empty();
            case ANY -> Optional.empty();
        };
    }

    private static Finding tooMany(MeshRequest request, Set<String> networks) {
        return Finding.blocking(
                request.clusters().where(),
                "clusters",
                "clusters on one network",
                "networks " + InputRules.list(networks),
                "Use the multi-network topology, or correct the networks in meshspan.inventory.clusters.");
    }

    private static Finding tooFew(MeshRequest request, Set<String> networks) {
        return Finding.blocking(
                request.clusters().where(),
                "clusters",
                "clusters on two or more networks",
                "all on " + networks.iterator().next(),
                "Use the topology for one network, or correct the networks in meshspan.inventory.clusters.");
    }
}

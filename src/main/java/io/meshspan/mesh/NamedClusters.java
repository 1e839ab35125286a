package io.meshspan.mesh;

import io.meshspan.finding.Finding;
import java.util.List;
import java.util.Optional;

/**
 * Clusters as a form names them: a list, and at most one primary whose control plane all others use.
 *
 * @param where where the list stands
 * @param primary absent for the first cluster, where the topology has one primary
 */
public record NamedClusters(Topology topology, List<Stated> names, String where, Stated primary) {

    public NamedClusters {
        names = List.copyOf(names);
    }

    public RequestedClusters requested() {
        Optional<Stated> leader = leader();
        List<RequestedCluster> all = names.stream()
                .map(name -> leader.map(l -> led(name, l)).orElseGet(() -> RequestedCluster.primary(name)))
                .toList();
        return new RequestedClusters(all, where, names.stream().allMatch(Stated::readable));
    }

    private static RequestedCluster led(Stated name, Stated leader) {
        return name.text().equals(leader.text())
                ? RequestedCluster.primary(name)
                : RequestedCluster.remote(name, leader);
    }

    private Optional<Stated> leader() {
        boolean remotes = switch (topology.primaries()) {
            case ALL -> false;
            case ONE -> true;
            case ANY -> primary.isPresent();
        };
        Stated leader = isMember(primary) || names.isEmpty() ? primary : names.get(0);
        return remotes ? Optional.of(leader) : Optional.empty();
    }

    private boolean isMember(Stated name) {
        return names.stream().anyMatch(other -> name.isPresent() && other.text().equals(name.text()));
    }

    /** A primary that cannot be. */
    public Optional<Finding> finding() {
        if (!primary.isPresent()) {
            return Optional.empty();
        }
        if (topology.primaries() == Topology.Primaries.ALL) {
            return finding("nothing, as each cluster has a control plane", "Leave it out.");
        }
        return isMember(primary)
                ? Optional.empty()
                : finding(
                        "one of the clusters "
                                + InputRules.list(
                                        names.stream().map(Stated::text).toList()),
                        "Choose the primary among the clusters of the mesh.");
    }

    private Optional<Finding> finding(String expected, String advice) {
        return Optional.of(Finding.blocking(primary.where(), "primary", expected, primary.quoted(), advice));
    }
}

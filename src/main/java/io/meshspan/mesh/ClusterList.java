package io.meshspan.mesh;

import io.meshspan.finding.Finding;
import java.util.List;
import java.util.Optional;

/**
 * The clusters of a form: a list, and at most one primary that serves all the others.
 *
 * @param where the place of the list
 * @param primary absent for the first cluster, if the topology has one primary
 */
public record ClusterList(Topology topology, List<RequestField> names, String where, RequestField primary) {

    public ClusterList {
        names = List.copyOf(names);
    }

    public RequestedClusters requested() {
        Optional<RequestField> leader = leader();
        List<RequestedCluster> all = names.stream()
                .map(name -> leader.map(l -> led(name, l)).orElseGet(() -> RequestedCluster.primary(name)))
                .toList();
        return new RequestedClusters(all, where, names.stream().allMatch(RequestField::readable), !primary.isAbsent());
    }

    private static RequestedCluster led(RequestField name, RequestField leader) {
        return name.text().equals(leader.text())
                ? RequestedCluster.primary(name)
                : RequestedCluster.remote(name, leader);
    }

    private Optional<RequestField> leader() {
        boolean remotes = switch (topology.primaries()) {
            case ALL -> false;
            case ONE -> true;
            case ANY -> primary.isPresent();
        };
        RequestField leader = isMember(primary) || names.isEmpty() ? primary : names.get(0);
        return remotes ? Optional.of(leader) : Optional.empty();
    }

    private boolean isMember(RequestField name) {
        return names.stream().anyMatch(other -> name.isPresent() && other.text().equals(name.text()));
    }

    /** A primary that the request cannot have. */
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
                                        names.stream().map(RequestField::text).toList()),
                        "Choose the primary among the clusters of the mesh.");
    }

    private Optional<Finding> finding(String expected, String advice) {
        return Optional.of(Finding.blocking(primary.where(), "primary", expected, primary.quoted(), advice));
    }
}

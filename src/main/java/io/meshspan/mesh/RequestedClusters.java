package io.meshspan.mesh;

import java.util.List;
import java.util.Optional;

/**
 * The clusters that a request names.
 *
 * @param where where the list stands
 * @param readable false if it is no list of names, which whoever read it has told already
 * @param rolesSaid false for a list of names that leaves open which of them are primaries
 */
public record RequestedClusters(List<RequestedCluster> all, String where, boolean readable, boolean rolesSaid) {

    public RequestedClusters {
        all = List.copyOf(all);
    }

    /** Clusters whose roles are said. */
    public RequestedClusters(List<RequestedCluster> all, String where, boolean readable) {
        this(all, where, readable, true);
    }

    public static RequestedClusters of(List<RequestedCluster> all, String where) {
        return new RequestedClusters(all, where, true);
    }

    public static RequestedClusters unreadable(String where) {
        return new RequestedClusters(List.of(), where, false);
    }

    boolean areAbsent() {
        return readable && all.isEmpty();
    }

    List<RequestedCluster> primaries() {
        return all.stream().filter(RequestedCluster::isPrimary).toList();
    }

    List<RequestedCluster> remotes() {
        return all.stream().filter(RequestedCluster::isRemote).toList();
    }

    /** Whose control plane a remote uses that does not say so. */
    Optional<RequestedCluster> onlyPrimary() {
        return primaries().size() == 1 ? Optional.of(primaries().get(0)) : Optional.empty();
    }

    /** Whether every cluster is known to be the one or the other. */
    boolean rolesAreClear() {
        return readable && primaries().size() + remotes().size() == all.size();
    }
}

package io.meshspan.mesh;

import java.util.List;
import java.util.Optional;

/**
 * The clusters of a request.
 *
 * @param where the place of the list
 * @param readable false if it is not a list of names; the reader has reported that already
 * @param rolesSaid false for a list of names that does not say which of them are primaries
 */
public record RequestedClusters(List<RequestedCluster> all, String where, boolean readable, boolean rolesSaid) {

    public RequestedClusters {
        all = List.copyOf(all);
    }

    /** Clusters with known roles. */
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

    /** The control plane of a remote that does not name one. */
    Optional<RequestedCluster> onlyPrimary() {
        return primaries().size() == 1 ? Optional.of(primaries().get(0)) : Optional.empty();
    }

    /** Whether the role of every cluster is known. */
    boolean rolesAreClear() {
        return readable && primaries().size() + remotes().size() == all.size();
    }
}

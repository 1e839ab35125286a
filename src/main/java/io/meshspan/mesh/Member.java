package io.meshspan.mesh;

/**
 * A cluster's part in a mesh.
 *
 * @param controlPlane the primary whose istiod serves this cluster; a primary's own name for a primary
 */
public record Member(ClusterName cluster, NetworkName network, Role role, ClusterName controlPlane) {

    public Member {
        if (role == Role.PRIMARY && !controlPlane.equals(cluster)) {
            throw new IllegalArgumentException(
                    "primary %s is served by itself, not %s".formatted(cluster, controlPlane));
        }
        if (role == Role.REMOTE && controlPlane.equals(cluster)) {
            throw new IllegalArgumentException("remote %s cannot be its own control plane".formatted(cluster));
        }
    }

    public static Member primary(ClusterName cluster, NetworkName network) {
        return new Member(cluster, network, Role.PRIMARY, cluster);
    }

    public static Member remote(ClusterName cluster, NetworkName network, ClusterName controlPlane) {
        return new Member(cluster, network, Role.REMOTE, controlPlane);
    }
}

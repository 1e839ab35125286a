package io.meshspan.mesh;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A cluster's part in a mesh.
 *
 * @param controlPlane the primary whose istiod serves this cluster; a primary's own name for a primary
 * @param istioCluster its name in Istio, where it is not the cluster's
 */
public record Member(
        ClusterName cluster,
        NetworkName network,
        Role role,
        ClusterName controlPlane,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable IstioClusterName istioCluster) {

    private static final String REMOTE_SECRET = "istio-remote-secret-";

    public Member {
        if (role == Role.PRIMARY && !controlPlane.equals(cluster)) {
            throw new IllegalArgumentException(
                    "primary %s is served by itself, not %s".formatted(cluster, controlPlane));
        }
        if (role == Role.REMOTE && controlPlane.equals(cluster)) {
            throw new IllegalArgumentException("remote %s cannot be its own control plane".formatted(cluster));
        }
    }

    public Member(ClusterName cluster, NetworkName network, Role role, ClusterName controlPlane) {
        this(cluster, network, role, controlPlane, null);
    }

    public static Member primary(ClusterName cluster, NetworkName network) {
        return new Member(cluster, network, Role.PRIMARY, cluster);
    }

    public static Member remote(ClusterName cluster, NetworkName network, ClusterName controlPlane) {
        return new Member(cluster, network, Role.REMOTE, controlPlane);
    }

    /** The same with this name in Istio. */
    Member called(IstioClusterName name) {
        return new Member(cluster, network, role, controlPlane, name.value().equals(cluster.value()) ? null : name);
    }

    /** Its name in Istio. */
    public IstioClusterName istioName() {
        return istioCluster == null ? new IstioClusterName(cluster.value()) : istioCluster;
    }

    /** The name of the Secret by which others read it: istioctl's, or where Istio's name cannot be part of an object's, ours. */
    public String remoteSecret() {
        return REMOTE_SECRET + (istioName().fitsObjectNames() ? istioName().value() : cluster.value());
    }
}

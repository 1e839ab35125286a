package io.meshspan.mesh;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cluster's part in a mesh.
 *
 * @param controlPlane the primary that serves this cluster; for a primary its own name
 * @param values of Istio's charts, only for this cluster
 * @param gateway the declared address of its east-west gateway; null if there is none
 * @param istioCluster its name in Istio, if it differs from the cluster's name
 */
public record Member(
        ClusterName cluster,
        NetworkName network,
        Role role,
        ClusterName controlPlane,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) HelmValues values,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DeclaredGateway gateway,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable IstioClusterName istioCluster) {

    /** A label of Istio's namespace, of gateways and of pods. */
    public static final String NETWORK_LABEL = "topology.istio.io/network";

    /** A label of a gateway's Service: its port for the traffic of other networks, if that is not 15443. */
    public static final String GATEWAY_PORT_LABEL = "networking.istio.io/gatewayPort";

    private static final String REMOTE_SECRET = "istio-remote-secret-";

    public Member {
        values = Objects.requireNonNullElse(values, HelmValues.NONE); // most recorded meshes have none
        if (role == Role.PRIMARY && !controlPlane.equals(cluster)) {
            throw new IllegalArgumentException(
                    "primary %s is served by itself, not %s".formatted(cluster, controlPlane));
        }
        if (role == Role.REMOTE && controlPlane.equals(cluster)) {
            throw new IllegalArgumentException("remote %s cannot be its own control plane".formatted(cluster));
        }
    }

    public Member(ClusterName cluster, NetworkName network, Role role, ClusterName controlPlane) {
        this(cluster, network, role, controlPlane, HelmValues.NONE, null, null);
    }

    public static Member primary(ClusterName cluster, NetworkName network) {
        return new Member(cluster, network, Role.PRIMARY, cluster);
    }

    public static Member remote(ClusterName cluster, NetworkName network, ClusterName controlPlane) {
        return new Member(cluster, network, Role.REMOTE, controlPlane);
    }

    /** The same with its own values and its gateway's declared address. */
    public Member with(HelmValues own, @Nullable DeclaredGateway declared) {
        return new Member(cluster, network, role, controlPlane, own, declared, istioCluster);
    }

    public Optional<DeclaredGateway> declaredGateway() {
        return Optional.ofNullable(gateway);
    }

    /** The same with this name in Istio. */
    public Member called(IstioClusterName name) {
        return new Member(
                cluster,
                network,
                role,
                controlPlane,
                values,
                gateway,
                name.value().equals(cluster.value()) ? null : name);
    }

    /** Its role as people read it, for example {@code remote of cluster1}. */
    public String roleInWords() {
        return role == Role.PRIMARY ? "primary" : "remote of " + controlPlane;
    }

    /** It with its role and network, for example {@code cluster2 (remote of cluster1, network1)}. */
    public String inWords() {
        return "%s (%s, %s)".formatted(cluster, roleInWords(), network);
    }

    /** Its name in Istio. */
    public IstioClusterName istioName() {
        return istioCluster == null ? new IstioClusterName(cluster.value()) : istioCluster;
    }

    /**
     * The name of the Secret with which others read it: istioctl's, or ours if an object's name cannot contain Istio's name.
     */
    public String remoteSecret() {
        return REMOTE_SECRET + (istioName().fitsObjectNames() ? istioName().value() : cluster.value());
    }
}

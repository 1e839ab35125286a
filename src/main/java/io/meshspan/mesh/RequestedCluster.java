package io.meshspan.mesh;

/**
 * What a request says of one cluster.
 *
 * @param network absent for that of the inventory
 * @param role {@code primary} or {@code remote}; absent for a primary
 * @param controlPlane the primary whose control plane a remote uses; absent for the only one
 * @param values for this cluster alone
 * @param gatewayAddress where others reach its gateway; absent for what its Service says
 * @param gatewayPort at which they do; absent for that of its Service
 */
public record RequestedCluster(
        RequestField name,
        RequestField network,
        RequestField role,
        RequestField controlPlane,
        RequestedValues values,
        RequestField gatewayAddress,
        RequestField gatewayPort) {

    static final String PRIMARY = "primary";
    static final String REMOTE = "remote";

    public RequestedCluster(RequestField name, RequestField network, RequestField role, RequestField controlPlane) {
        this(
                name,
                network,
                role,
                controlPlane,
                RequestedValues.none(name.where()),
                RequestField.nothing(name.where()),
                RequestField.nothing(name.where()));
    }

    public static RequestedCluster primary(RequestField name) {
        RequestField nothing = RequestField.nothing(name.where());
        return new RequestedCluster(name, nothing, RequestField.text(PRIMARY, name.where()), nothing);
    }

    public static RequestedCluster remote(RequestField name, RequestField controlPlane) {
        RequestField nothing = RequestField.nothing(name.where());
        return new RequestedCluster(name, nothing, RequestField.text(REMOTE, name.where()), controlPlane);
    }

    boolean isPrimary() {
        return role.isAbsent() || role.text().equals(PRIMARY);
    }

    boolean isRemote() {
        return role.text().equals(REMOTE);
    }

    boolean isCalled(String other) {
        return name.isPresent() && name.text().equals(other);
    }
}

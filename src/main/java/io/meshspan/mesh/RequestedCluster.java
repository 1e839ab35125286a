package io.meshspan.mesh;

/**
 * One cluster of a request.
 *
 * @param network absent for the network in the inventory
 * @param role {@code primary} or {@code remote}; absent for a primary
 * @param controlPlane the primary that serves a remote; absent if there is only one
 * @param values only for this cluster
 * @param gatewayAddress at which others reach its gateway; absent for the address of its Service
 * @param gatewayPort at which others reach its gateway; absent for the port of its Service
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

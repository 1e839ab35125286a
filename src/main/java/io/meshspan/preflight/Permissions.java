package io.meshspan.preflight;

import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.Access;
import io.meshspan.lease.ClusterLeases;
import io.meshspan.mesh.Mesh;
import io.meshspan.remotesecret.RemoteSecrets;
import io.meshspan.verification.MeshVerification;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Does this service have the permissions for the change? */
@Component
final class Permissions implements Check {

    private final MeshVerification verification;
    private final ClusterLeases leases;

    Permissions(MeshVerification verification, ClusterLeases leases) {
        this.verification = verification;
        this.leases = leases;
    }

    @Override
    public String name() {
        return "Permissions";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        Stream<Access> gateways = mesh.gatewayNamespace().isEmpty()
                ? Stream.of()
                : NeededPermissions.forGatewaysIn(mesh.gatewayNamespace());
        Stream<Access> tokens =
                mesh.readersOf(cluster.member().cluster()).isEmpty() ? Stream.of() : RemoteSecrets.permissions(mesh);
        return missing(cluster, Stream.of(NeededPermissions.toInstall(), toVerify(), gateways, tokens));
    }

    @Override
    public List<Finding> checkBeforeVerification(Mesh mesh, ClusterSnapshot cluster) {
        return missing(cluster, Stream.of(toVerify()));
    }

    /** Every change holds its clusters by their Leases, and ends with a verification. */
    private Stream<Access> toVerify() {
        return Stream.concat(NeededPermissions.toVerify(verification.sampleNamespace()), leases.permissions().stream());
    }

    private static List<Finding> missing(ClusterSnapshot cluster, Stream<Stream<Access>> needed) {
        return Access.missing(
                cluster.cluster(), needed.flatMap(rights -> rights).distinct().toList());
    }
}

package io.meshspan.preflight;

import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.Access;
import io.meshspan.mesh.Mesh;
import io.meshspan.verification.MeshVerification;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** May this service do there what the change will do? */
@Component
final class Permissions implements Check {

    private final MeshVerification verification;

    Permissions(MeshVerification verification) {
        this.verification = verification;
    }

    @Override
    public String name() {
        return "Permissions";
    }

    @Override
    public List<Finding> check(Mesh mesh, Sight cluster) {
        List<Access> denied = cluster.cluster().denied(NeededPermissions.withSampleIn(verification.sampleNamespace()));
        return denied.isEmpty()
                ? List.of()
                : List.of(Finding.blocking(
                        cluster.where(),
                        "rights of this service",
                        "the right to " + denied.stream().map(Access::toString).collect(Collectors.joining(", ")),
                        "no such right",
                        "Grant these rights to the user of this cluster's context, then try again."));
    }
}

package io.meshspan.preflight;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.Mesh;
import java.util.List;
import org.springframework.stereotype.Component;

/** Does an installed Istio name its workloads' identities as the whole mesh will? */
@Component
final class TrustDomain implements Check {

    /** What Istio's charts install, and so what every cluster of a mesh by Meshspan has. */
    private static final String OF_THE_MESH = "cluster.local";

    @Override
    public String name() {
        return "Trust domain";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        return InstalledIstio.in(cluster).stream()
                .filter(istio -> !istio.trustDomain().equals(OF_THE_MESH))
                .map(istio -> Finding.blocking(
                        cluster.where(),
                        "trust domain of " + istio.where(),
                        OF_THE_MESH + ", as in all clusters of the mesh",
                        istio.trustDomain(),
                        "Workloads and AuthorizationPolicies there go by the other name: move them to %s with"
                                        .formatted(OF_THE_MESH)
                                + " meshConfig.trustDomainAliases first, or leave this cluster out."))
                .toList();
    }
}

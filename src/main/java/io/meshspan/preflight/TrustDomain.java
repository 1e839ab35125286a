package io.meshspan.preflight;

import io.meshspan.finding.Finding;
import io.meshspan.manifest.ValuesLayers;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.ValuesPart;
import java.util.List;
import org.springframework.stereotype.Component;

/** Does an installed Istio have the same trust domain as the mesh? */
@Component
final class TrustDomain implements Check {

    /** The default of Istio's charts. */
    private static final String OF_THE_CHARTS = "cluster.local";

    private final ValuesLayers layers;

    TrustDomain(ValuesLayers layers) {
        this.layers = layers;
    }

    @Override
    public String name() {
        return "Trust domain";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        String wanted = layers.given(ValuesPart.ISTIOD, mesh, cluster.member())
                .text("meshConfig", "trustDomain")
                .orElse(OF_THE_CHARTS);
        return InstalledIstio.in(cluster).stream()
                .filter(istio -> !istio.trustDomain().equals(wanted))
                .map(istio -> Finding.blocking(
                        cluster.where(),
                        "trust domain of " + istio.where(),
                        wanted + ", as in all clusters of the mesh",
                        istio.trustDomain(),
                        "Workloads and AuthorizationPolicies there go by the other name: move them to %s with"
                                        .formatted(wanted)
                                + " meshConfig.trustDomainAliases first, say it in values.istiod"
                                + ".meshConfig.trustDomain of the mesh, or leave this cluster out."))
                .toList();
    }
}

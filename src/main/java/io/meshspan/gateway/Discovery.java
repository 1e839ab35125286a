package io.meshspan.gateway;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How remotes find the istiod of their primary: at the address of its gateway, or at what is made of a hostname. */
@Component
public final class Discovery {

    private final Clusters clusters;
    private final GatewayProperties properties;
    private final HostLookup lookup;

    Discovery(Clusters clusters, GatewayProperties properties, HostLookup lookup) {
        this.clusters = clusters;
        this.properties = properties;
        this.lookup = lookup;
    }

    /**
     * The address as it stands now; empty while the primary's gateway has none.
     *
     * @throws StepFailed ADDRESS_UNUSABLE if it cannot work for this mesh
     */
    public Optional<DiscoveryAddress> of(Mesh mesh, Member remote) {
        return GatewayAddress.find(clusters.get(remote.controlPlane())).map(address -> {
            List<Finding> blocking = findings(mesh, remote.controlPlane(), address).stream()
                    .filter(finding -> finding.severity() == Severity.BLOCKING)
                    .toList();
            if (!blocking.isEmpty()) {
                throw new StepFailed(FailureCode.ADDRESS_UNUSABLE, blocking);
            }
            return usable(address);
        });
    }

    /** What is to be said of the addresses that are known already; nothing is written. */
    public List<Finding> check(Mesh mesh) {
        List<ClusterName> primaries =
                mesh.exposingIstiod().stream().map(Member::cluster).toList();
        return clusters
                .inEach(
                        primaries,
                        cluster -> GatewayAddress.find(cluster)
                                .map(address -> findings(mesh, cluster.name(), address))
                                .orElse(List.of()))
                .values()
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private List<Finding> findings(Mesh mesh, ClusterName primary, String address) {
        return new AddressFindings(properties.hostname(), lookup).of(mesh, primary, address);
    }

    private DiscoveryAddress usable(String address) {
        if (IpAddress.is(address)) {
            return DiscoveryAddress.at(address);
        }
        return switch (properties.hostname()) {
            case RESOLVE -> DiscoveryAddress.at(lookup.ips(address).get(0));
            case WEBHOOK_PORT_443 -> DiscoveryAddress.at(address);
            case INJECTION_URL -> new DiscoveryAddress(address, Optional.of(address));
        };
    }
}

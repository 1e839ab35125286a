package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.Service;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Which other Services will istiod use as gateways of a network? Their label decides, in any namespace. */
@Component
final class NetworkGateways implements Check {

    private static final String NETWORK = "topology.istio.io/network";

    private final RenderedObjects rendered;

    NetworkGateways(RenderedObjects rendered) {
        this.rendered = rendered;
    }

    @Override
    public String name() {
        return "Gateways of networks";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        List<Service> labelled = cluster.anywhere(Service.class).stream()
                .filter(service -> Selectors.labels(service).containsKey(NETWORK))
                .toList();
        if (labelled.isEmpty() || !mesh.multiNetwork()) {
            return List.of();
        }
        Set<ObjectRef> ours =
                rendered.of(mesh, cluster.member()).stream().map(ObjectRef::of).collect(Collectors.toSet());
        return labelled.stream()
                .filter(service -> !ours.contains(ObjectRef.of(service)))
                .map(service -> finding(cluster, service))
                .toList();
    }

    private static Finding finding(ClusterSnapshot cluster, Service service) {
        String network = Selectors.labels(service).getOrDefault(NETWORK, "");
        boolean own = network.equals(cluster.member().network().value());
        return new Finding(
                own ? Severity.NOTE : Severity.WARNING,
                cluster.where(),
                ObjectRef.of(service).toString(),
                "no other gateway of %s than that of this change"
                        .formatted(own ? "network " + network : "another network"),
                "label %s=%s".formatted(NETWORK, network),
                "Istiod sends traffic for network %s through it, too. Take the label away unless that is meant and its pods"
                                .formatted(network)
                        + " trust the mesh's root.");
    }
}

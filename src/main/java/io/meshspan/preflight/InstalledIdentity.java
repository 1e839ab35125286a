package io.meshspan.preflight;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Does an installed Istio have the same cluster name, network and mesh ID? */
@Component
final class InstalledIdentity implements Check {

    @Override
    public String name() {
        return "Identity of the installed Istio";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        return InstalledIstio.in(cluster).stream()
                .flatMap(istio -> compare(mesh, cluster, istio))
                .toList();
    }

    private static Stream<Finding> compare(Mesh mesh, ClusterSnapshot cluster, InstalledIstio istio) {
        return Stream.of(
                        differs(cluster, istio, "mesh ID", mesh.id().value(), istio.meshId()),
                        differs(
                                cluster,
                                istio,
                                "cluster name",
                                cluster.member().istioName().value(),
                                istio.clusterName()),
                        differs(
                                cluster,
                                istio,
                                "network",
                                cluster.member().network().value(),
                                istio.network()))
                .flatMap(Optional::stream);
    }

    private static Optional<Finding> differs(
            ClusterSnapshot cluster, InstalledIstio istio, String what, String wanted, String found) {
        if (found.equals(wanted)) {
            return Optional.empty();
        }
        String subject = "%s of %s".formatted(what, istio.where());
        return Optional.of(
                found.isEmpty()
                        ? Finding.warning(
                                cluster.where(),
                                subject,
                                wanted,
                                "none",
                                "It gets this one; workloads with a sidecar use it after a restart.")
                        : Finding.blocking(cluster.where(), subject, wanted, found, advice(cluster, what, found)));
    }

    private static String advice(ClusterSnapshot cluster, String what, String found) {
        String setting = "meshspan.inventory.clusters.%s.".formatted(cluster.where());
        return switch (what) {
            case "cluster name" -> "Set %scluster-name to %s, or remove that Istio before.".formatted(setting, found);
            case "network" -> "Set %snetwork to %s, or remove that Istio before.".formatted(setting, found);
            default -> "Ask for %s %s, or remove that Istio before.".formatted(what, found);
        };
    }
}

package io.meshspan.removal;

import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.MemberKind;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.plan.ApprovedPlans;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Finds what is left of Istio in the clusters where a change removed something, including objects of other tools. */
@Component
public final class LeftoverScan {

    private static final List<MemberKind> CLUSTER_WIDE =
            MemberKind.all().stream().filter(MemberKind::isClusterWide).toList();

    private final Clusters clusters;
    private final ApprovedPlans approved;

    LeftoverScan(Clusters clusters, ApprovedPlans approved) {
        this.clusters = clusters;
        this.approved = approved;
    }

    /**
     * Scans every cluster that lost its namespace, its network label or its control plane.
     *
     * @throws TransientException while a namespace is still being deleted
     */
    public Leftovers scan(String change) {
        Mesh mesh = approved.mesh(change);
        Collection<ClusterName> left = mesh.clusters().stream()
                .filter(cluster -> approved.outcomes(change, cluster).keySet().stream()
                        .anyMatch(object -> Phase.of(object) != Phase.REMOTE_SECRETS))
                .toList();
        return new Leftovers(clusters.inEach(left, cluster -> scan(cluster, mesh.id())));
    }

    private static List<ObjectRef> scan(Cluster cluster, MeshId mesh) {
        requireGone(cluster);
        Optional<FoundObject> namespace = new SystemNamespace(cluster, mesh).live();
        Stream<ObjectRef> inside = namespace.isEmpty()
                ? Stream.of()
                : Stream.concat(
                        namespace.map(FoundObject::object).stream(),
                        new SystemNamespace(cluster, mesh).foreign(List.of()).stream());
        Stream<ObjectRef> wide = CLUSTER_WIDE.stream()
                .flatMap(kind -> cluster.found(kind.apiVersion(), kind.kind(), Map.of()).stream())
                .map(FoundObject::object)
                .filter(object -> object.name().contains("istio"));
        Stream<ObjectRef> roots = cluster.found("v1", "ConfigMap", Map.of("istio.io/config", "true")).stream()
                .map(FoundObject::object)
                .filter(object -> !Phase.ISTIO_SYSTEM.equals(object.namespace()));
        return Stream.of(inside, wide, roots).flatMap(part -> part).toList();
    }

    private static void requireGone(Cluster cluster) {
        cluster.found("v1", "Namespace", Map.of()).stream()
                .filter(FoundObject::leaving)
                .map(FoundObject::object)
                .filter(object -> Phase.of(object) == Phase.NAMESPACE)
                .findFirst()
                .ifPresent(object -> {
                    throw new TransientException("%s: %s is still being removed".formatted(cluster.name(), object));
                });
    }
}

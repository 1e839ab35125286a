package io.meshspan.verification;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The guide's HelloWorld and its client in every cluster of a mesh. */
@Component
final class SampleDeployment {

    private final Clusters clusters;
    private final SampleObjects objects;
    private final SampleNamespace namespace;

    SampleDeployment(Clusters clusters, SampleObjects objects) {
        this.clusters = clusters;
        this.objects = objects;
        this.namespace = new SampleNamespace(objects.namespaceName());
    }

    /** Looks at every cluster before it writes to any, so that a refusal leaves nothing behind. */
    List<AppliedObject> deploy(Mesh mesh) {
        requireRoom(mesh);
        return clusters.inEach(mesh.clusters(), cluster -> apply(cluster, mesh)).values().stream()
                .flatMap(Collection::stream)
                .toList();
    }

    String namespace() {
        return objects.namespaceName();
    }

    Optional<Finding> hindrance(Cluster cluster, MeshId mesh) {
        return namespace.hindrance(cluster, mesh);
    }

    List<AppliedObject> remove(Mesh mesh) {
        return List.copyOf(clusters.inEach(mesh.clusters(), cluster -> namespace.remove(cluster, mesh.id()))
                .values());
    }

    List<HasMetadata> in(Mesh mesh, ClusterName cluster) {
        return objects.of(SampleVersions.of(mesh).getOrDefault(cluster, ""), mesh, mesh.member(cluster));
    }

    void requireRoom(Mesh mesh) {
        clusters.inEach(mesh.clusters(), cluster -> {
            namespace.requireUsable(cluster, mesh.id());
            return cluster.name();
        });
    }

    private List<AppliedObject> apply(Cluster cluster, Mesh mesh) {
        return in(mesh, cluster.name()).stream()
                .flatMap(object -> content(cluster, object).stream())
                .map(cluster::apply)
                .toList();
    }

    /** Of a pull secret, that of istio-system, where the registry's login is; without it, pods try without a login. */
    private static Optional<HasMetadata> content(Cluster cluster, HasMetadata object) {
        if (!(object instanceof Secret secret)) {
            return Optional.of(object);
        }
        return cluster.find(
                        Secret.class, Mesh.ISTIO_NAMESPACE, object.getMetadata().getName())
                .map(source -> new SecretBuilder(secret)
                        .withType(source.getType())
                        .withData(source.getData())
                        .build());
    }
}

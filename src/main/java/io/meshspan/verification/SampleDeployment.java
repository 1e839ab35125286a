package io.meshspan.verification;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.MeshNamespaces;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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

    /** Checks every cluster before it writes to any, so that a refusal leaves nothing behind. */
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

    /**
     * A pull secret gets the content of the one in istio-system, which has the registry's login. If that is missing, pods
     * pull without a login.
     */
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

    /** The sample's namespace in a cluster. A mesh may only use and delete it if Meshspan created it for that mesh. */
    private static final class SampleNamespace {

        private final ObjectRef namespace;

        SampleNamespace(String name) {
            this.namespace = new ObjectRef("v1", "Namespace", null, name);
        }

        /**
         * @throws StepFailed INVALID if a namespace of another owner or another mesh has this name
         * @throws TransientException while the namespace of an earlier verification is being removed
         */
        void requireUsable(Cluster cluster, MeshId mesh) {
            live(cluster).ifPresent(found -> {
                taken(cluster, mesh, labels(found)).ifPresent(taken -> {
                    throw new StepFailed(FailureCode.INVALID, taken);
                });
                if (found.getMetadata().getDeletionTimestamp() != null) {
                    throw new TransientException("%s: %s is still being removed".formatted(cluster.name(), namespace));
                }
            });
        }

        Optional<Finding> hindrance(Cluster cluster, MeshId mesh) {
            return live(cluster).flatMap(found -> taken(cluster, mesh, labels(found)));
        }

        AppliedObject remove(Cluster cluster, MeshId mesh) {
            return live(cluster)
                    .filter(found -> new MeshNamespaces(cluster, mesh).own(labels(found)))
                    .map(found -> cluster.delete(namespace.reference()))
                    .orElseGet(() -> new AppliedObject(cluster.name(), namespace, ApplyOutcome.UNCHANGED));
        }

        private Optional<Namespace> live(Cluster cluster) {
            return cluster.find(Namespace.class, null, namespace.name());
        }

        private static Map<String, String> labels(Namespace found) {
            return Optional.ofNullable(found.getMetadata().getLabels()).orElse(Map.of());
        }

        private Optional<Finding> taken(Cluster cluster, MeshId mesh, Map<String, String> labels) {
            if (!MeshNamespaces.made(labels)) {
                return Optional.of(Finding.blocking(
                        cluster.name().value(),
                        namespace.toString(),
                        "no such namespace, or one that Meshspan made",
                        "a namespace that Meshspan did not make",
                        "Set another one in meshspan.verification.namespace, or delete this one if it is not needed."));
            }
            return new MeshNamespaces(cluster, mesh)
                    .neededBy(labels)
                    .map(other -> Finding.blocking(
                            cluster.name().value(),
                            namespace.toString(),
                            "no such namespace, or one with the label %s=%s".formatted(MeshNamespaces.MESH, mesh),
                            labels.containsKey(MeshNamespaces.MESH)
                                    ? "that of mesh " + other
                                    : "one that names no mesh, in a cluster of mesh " + other + ", too",
                            "Remove it if mesh %s needs its sample no more, or label it as this mesh's."
                                    .formatted(other)));
        }
    }
}

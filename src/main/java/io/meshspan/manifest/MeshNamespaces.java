package io.meshspan.manifest;

import io.fabric8.kubernetes.api.model.Namespace;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.FoundObject;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.MeshId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The namespaces that Meshspan makes for a mesh in a cluster, in addition to istio-system. Each one names its mesh, because
 * meshes of different revisions can share a cluster. A namespace from an earlier release names no mesh: it belongs to the
 * mesh of its cluster, as long as there is only one.
 */
public final class MeshNamespaces {

    /** Names the mesh that owns a namespace. */
    public static final String MESH = "meshspan.io/mesh";

    private static final Map<String, String> MADE = Map.of("app.kubernetes.io/managed-by", "meshspan");
    private static final String CONFIG_MAP = "ConfigMap";

    private final Cluster cluster;
    private final MeshId mesh;

    public MeshNamespaces(Cluster cluster, MeshId mesh) {
        this.cluster = cluster;
        this.mesh = mesh;
    }

    /**
     * The labels or annotations from the request.
     *
     * @param given the values for namespaces
     */
    public static Map<String, String> marks(HelmValues given, String namespace, String kind) {
        Map<String, String> marks = new TreeMap<>();
        given.below(namespace).below(kind).tree().forEach((key, value) -> {
            if (value != null) {
                marks.put(key, String.valueOf(value));
            }
        });
        return marks;
    }

    /** Writes the mesh's name into a new namespace of the mesh. */
    public static Namespace marked(Namespace namespace, MeshId mesh) {
        namespace.getMetadata().getLabels().put(MESH, mesh.value());
        return namespace;
    }

    /** The namespaces of this mesh. */
    public List<FoundObject> all() {
        return cluster.found("v1", "Namespace", MADE).stream()
                .filter(namespace -> own(namespace.labels()))
                .toList();
    }

    /** Whether Meshspan made the namespace with these labels, for any mesh. */
    public static boolean made(Map<String, String> labels) {
        return labels.entrySet().containsAll(MADE.entrySet());
    }

    /** Whether a namespace with these labels belongs to this mesh, which may use and delete it. */
    public boolean own(Map<String, String> labels) {
        if (!made(labels)) {
            return false;
        }
        String named = labels.get(MESH);
        return named == null ? others().isEmpty() : named.equals(mesh.value());
    }

    /** The other mesh of this cluster that may need a namespace with these labels; empty if there is none. */
    public Optional<String> neededBy(Map<String, String> labels) {
        String named = labels.get(MESH);
        return mesh.value().equals(named)
                ? Optional.empty()
                : others().stream()
                        .filter(other -> named == null || named.equals(other))
                        .findFirst();
    }

    /** The other meshes that Meshspan made in this cluster, found by the parent objects of their sets. */
    public List<String> others() {
        ApplySet own = new ApplySet(mesh);
        return cluster.found("v1", CONFIG_MAP, Map.of()).stream()
                .filter(found -> ApplySet.NAMESPACE.equals(found.object().namespace()))
                .flatMap(found -> own.otherMesh(found).stream())
                .sorted()
                .toList();
    }
}

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
 * The namespaces that Meshspan makes for a mesh in a cluster, beside istio-system. Each names its mesh, since meshes of
 * different revisions can share a cluster. One that an earlier release made names none: it belongs to the mesh of its
 * cluster, as long as there is only one.
 */
public final class MeshNamespaces {

    /** Names the mesh that a namespace was made for. */
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
     * The labels or annotations that somebody asked for.
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

    /** Names the mesh in a namespace that is made for it. */
    public static Namespace marked(Namespace namespace, MeshId mesh) {
        namespace.getMetadata().getLabels().put(MESH, mesh.value());
        return namespace;
    }

    /** Those of this mesh. */
    public List<FoundObject> all() {
        return cluster.found("v1", "Namespace", MADE).stream()
                .filter(namespace -> own(namespace.labels()))
                .toList();
    }

    /** Whether a namespace with these labels is Meshspan's, made for whichever mesh. */
    public static boolean made(Map<String, String> labels) {
        return labels.entrySet().containsAll(MADE.entrySet());
    }

    /** Whether a namespace with these labels is this mesh's, to use and to delete. */
    public boolean own(Map<String, String> labels) {
        if (!made(labels)) {
            return false;
        }
        String named = labels.get(MESH);
        return named == null ? others().isEmpty() : named.equals(mesh.value());
    }

    /** The mesh of this cluster that may need a namespace with these labels; empty if no other than this one does. */
    public Optional<String> neededBy(Map<String, String> labels) {
        String named = labels.get(MESH);
        return mesh.value().equals(named)
                ? Optional.empty()
                : others().stream()
                        .filter(other -> named == null || named.equals(other))
                        .findFirst();
    }

    /** The other meshes that Meshspan made in this cluster, by the objects that stand for their sets. */
    public List<String> others() {
        ApplySet own = new ApplySet(mesh);
        return cluster.found("v1", CONFIG_MAP, Map.of()).stream()
                .filter(found -> ApplySet.NAMESPACE.equals(found.object().namespace()))
                .flatMap(found -> own.otherMesh(found).stream())
                .sorted()
                .toList();
    }
}

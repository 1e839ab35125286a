package io.meshspan.web.changes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.declared.FoundMesh;
import io.meshspan.declared.MeshDeclarations;
import io.meshspan.declared.RunningMesh;
import io.meshspan.engine.model.RequestRefused;
import io.meshspan.engine.model.Submitted;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.inventory.Inventory;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.InputRules;
import io.meshspan.mesh.Mesh;
import io.meshspan.meshfile.MeshFileWriter;
import io.meshspan.web.drawing.MeshDrawing;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/** The declared meshes, and taking over a mesh that another tool made. */
@Component
class MeshQueries {

    private static final String CLUSTERS = "clusters";
    private static final String DECLARE = "declare";

    private final DeclaredMeshes meshes;
    private final MeshDeclarations declarations;
    private final RunningMesh running;
    private final Inventory inventory;

    MeshQueries(DeclaredMeshes meshes, MeshDeclarations declarations, RunningMesh running, Inventory inventory) {
        this.meshes = meshes;
        this.declarations = declarations;
        this.running = running;
        this.inventory = inventory;
    }

    /**
     * The mesh that was found in the clusters.
     *
     * @param mesh null if the clusters contradict each other
     * @param version of the declared mesh; null if it was only inspected
     */
    record TakeOver(
            @Nullable Mesh mesh,
            List<String> roots,
            List<String> findings,
            @Nullable Integer version) {}

    /** The existing meshes, by ID, then the removed ones. */
    List<MeshView> all() {
        List<DeclaredMesh> all = meshes.all();
        List<DeclaredMesh> there = all.stream().filter(DeclaredMesh::isThere).toList();
        return all.stream()
                .sorted((a, b) -> Boolean.compare(b.isThere(), a.isThere()))
                .map(declared -> MeshView.of(declared, there, MeshFileWriter.text(declared.mesh())))
                .toList();
    }

    /** @throws NoSuchChange if it was never declared */
    MeshView.WithHistory withHistory(String mesh) {
        List<DeclaredMesh> there =
                meshes.all().stream().filter(DeclaredMesh::isThere).toList();
        List<MeshView> history = meshes.history(mesh).stream()
                .map(declared -> MeshView.of(declared, there, MeshFileWriter.text(declared.mesh())))
                .toList();
        if (history.isEmpty()) {
            throw new NoSuchMesh(mesh);
        }
        return new MeshView.WithHistory(history.get(0), history);
    }

    String svg(String mesh) {
        return meshes.find(mesh)
                .map(DeclaredMesh::mesh)
                .map(declared -> MeshDrawing.of(declared, Set.of()))
                .orElseThrow(() -> new NoSuchMesh(mesh));
    }

    /** Reads the mesh from its clusters. Declares it if that is requested and there is no contradiction. */
    TakeOver takeOver(ObjectNode body, Reader reader) {
        if (!reader.starts()) {
            throw new AccessDeniedException("the role of this user does not include taking over a mesh");
        }
        Submitted submitted = Submitted.of(body);
        List<String> names = submitted.names(CLUSTERS);
        boolean declare = submitted.flag(DECLARE);
        submitted.refuseUnlessFine(Set.of(CLUSTERS, DECLARE));
        RequestRefused.ifAny(unknown(names));
        FoundMesh found = RequestRefused.orFound(
                () -> running.read(names.stream().map(ClusterName::new).toList()));
        List<Finding> blocking = found.findings().list().stream()
                .filter(finding -> finding.severity() == Severity.BLOCKING)
                .toList();
        if (declare) {
            RequestRefused.ifAny(blocking);
        }
        Integer version = declare
                ? found.mesh()
                        .map(mesh -> declarations.takenOver(mesh, found.roots(), reader.id()))
                        .map(DeclaredMesh::version)
                        .orElse(null)
                : null;
        return new TakeOver(
                found.mesh().orElse(null),
                found.roots(),
                found.findings().list().stream().map(Finding::toString).toList(),
                version);
    }

    private List<Finding> unknown(List<String> names) {
        List<String> known = inventory.clusters().stream()
                .map(cluster -> cluster.name().value())
                .sorted()
                .toList();
        if (names.isEmpty()) {
            return List.of(Finding.blocking(
                    "request",
                    CLUSTERS,
                    "the clusters of the mesh, some of " + InputRules.list(known),
                    "none",
                    "Name every cluster of the mesh."));
        }
        return names.stream()
                .filter(name -> !known.contains(name))
                .map(name -> Finding.blocking(
                        "request",
                        CLUSTERS,
                        "clusters of the inventory: " + InputRules.list(known),
                        InputRules.quoted(name),
                        "Correct the name, or add the cluster to meshspan.inventory.clusters."))
                .toList();
    }
}

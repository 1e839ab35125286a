package io.meshspan.process.model;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.InputRules;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshRequest;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Stated;
import io.meshspan.mesh.Topology;
import io.meshspan.removal.Removal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The mesh that is there and what of it shall be taken away. */
public record SubmittedRemoval(SubmittedMesh asked, Mesh mesh, Removal removal) {

    private static final String TAKE_OUT = "takeOut";
    private static final String CRDS = "removeCrds";
    private static final String EVEN_IF_INJECTED = "evenIfInjected";

    /** @throws io.meshspan.finding.StepFailed INPUT_REJECTED with everything that is wrong */
    public static SubmittedRemoval read(Submitted submitted, Topology topology, Map<ClusterName, NetworkName> known) {
        List<Stated> out = submitted.list(TAKE_OUT);
        boolean crds = submitted.flag(CRDS);
        boolean evenIfInjected = submitted.flag(EVEN_IF_INJECTED);
        SubmittedMesh asked = SubmittedMesh.read(submitted, topology, known, Set.of(TAKE_OUT, CRDS, EVEN_IF_INJECTED));
        Mesh mesh = checked(asked.request(), out).toMesh();
        List<ClusterName> leaving = out.isEmpty()
                ? mesh.clusters()
                : out.stream().map(Stated::text).map(ClusterName::new).toList();
        return new SubmittedRemoval(asked, mesh, new Removal(leaving, crds, evenIfInjected));
    }

    private static MeshRequest checked(MeshRequest request, List<Stated> out) {
        List<String> clusters = request.clusters().all().stream()
                .map(cluster -> cluster.name().text())
                .toList();
        List<Finding> findings = new ArrayList<>(request.misread());
        out.stream()
                .filter(Stated::readable)
                .filter(name -> !clusters.contains(name.text()))
                .map(name -> stranger(name, clusters))
                .forEach(findings::add);
        return new MeshRequest(request.topology(), request.fields(), request.clusters(), request.known(), findings);
    }

    private static Finding stranger(Stated name, List<String> clusters) {
        return Finding.blocking(
                name.where(),
                TAKE_OUT,
                "some of the mesh's clusters " + InputRules.list(clusters),
                InputRules.quoted(name.text()),
                "Name clusters of the mesh, or leave it out to remove the whole mesh.");
    }
}

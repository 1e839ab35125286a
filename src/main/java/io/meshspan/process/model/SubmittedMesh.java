package io.meshspan.process.model;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.MeshRequest;
import io.meshspan.mesh.NamedClusters;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.ProfileExtras;
import io.meshspan.mesh.RequestedFields;
import io.meshspan.mesh.Topology;
import io.meshspan.meshfile.MeshFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The mesh that was asked for, by a mesh file or by the fields of a form; both at once would be two meshes.
 *
 * @param file the text of the mesh file, if there is one
 */
public record SubmittedMesh(
        MeshRequest request,
        boolean keepSample,
        boolean urgent,
        String reason,
        @Nullable String file) {

    private static final Set<String> FIELDS = Set.of(
            Names.MESH_ID,
            Names.ISTIO_VERSION,
            Names.CLUSTERS,
            Names.PRIMARY,
            Names.HUB,
            Names.TAG,
            Names.REVISION,
            Names.INGRESS_GATEWAY,
            Names.DEFAULT_TAG,
            Names.KEEP_SAMPLE);

    /** Nothing else may be submitted: a variable such as approved would look like a step's result later on. */
    private static final Set<String> BESIDES =
            Set.of(Names.TOPOLOGY, "initiator", Names.MESH_FILE, Names.URGENT, Names.REASON);

    public static SubmittedMesh read(Submitted submitted, Map<ClusterName, NetworkName> known) {
        return read(submitted, known, Set.of());
    }

    /** @param more fields that this process has besides */
    static SubmittedMesh read(Submitted submitted, Map<ClusterName, NetworkName> known, Set<String> more) {
        Topology topology = Topology.valueOf(submitted.text(Names.TOPOLOGY).text());
        return submitted.has(Names.MESH_FILE)
                ? byFile(submitted, topology, known, more)
                : byFields(submitted, topology, known, more);
    }

    private static SubmittedMesh byFile(
            Submitted submitted, Topology topology, Map<ClusterName, NetworkName> known, Set<String> more) {
        String reason = submitted.text(Names.REASON).text();
        boolean urgent = submitted.flag(Names.URGENT);
        String text = new SubmittedFile(submitted).text();
        MeshFile file = MeshFile.read(text);
        List<Finding> findings = new ArrayList<>(findings(submitted, urgent, more));
        new TreeSet<>(FIELDS)
                .stream().filter(submitted::has).map(SubmittedMesh::saidTwice).forEach(findings::add);
        return new SubmittedMesh(file.request(topology, known, findings), file.keepSample(), urgent, reason, text);
    }

    private static Finding saidTwice(String field) {
        return Finding.blocking(
                Submitted.WHERE, field, "nothing besides a mesh file", "a value", "Say it in the mesh file.");
    }

    private static SubmittedMesh byFields(
            Submitted submitted, Topology topology, Map<ClusterName, NetworkName> known, Set<String> more) {
        NamedClusters clusters = new NamedClusters(
                topology, submitted.list(Names.CLUSTERS), Submitted.WHERE, submitted.text(Names.PRIMARY));
        RequestedFields fields = fields(submitted);
        boolean keepSample = submitted.flag(Names.KEEP_SAMPLE);
        boolean urgent = submitted.flag(Names.URGENT);
        String reason = submitted.text(Names.REASON).text();
        List<Finding> findings = new ArrayList<>(findings(submitted, urgent, more));
        clusters.finding().ifPresent(findings::add);
        return new SubmittedMesh(
                new MeshRequest(topology, fields, clusters.requested(), known, findings),
                keepSample,
                urgent,
                reason,
                null);
    }

    private static RequestedFields fields(Submitted submitted) {
        return new RequestedFields(
                submitted.text(Names.MESH_ID),
                submitted.text(Names.ISTIO_VERSION),
                submitted.text(Names.HUB),
                submitted.text(Names.TAG),
                submitted.text(Names.REVISION),
                new ProfileExtras(submitted.flag(Names.INGRESS_GATEWAY), submitted.flag(Names.DEFAULT_TAG)));
    }

    private static List<Finding> findings(Submitted submitted, boolean urgent, Set<String> more) {
        Set<String> known = new TreeSet<>(FIELDS);
        known.addAll(BESIDES);
        known.addAll(more);
        return Stream.concat(unexplained(submitted, urgent).stream(), submitted.findings(known).stream())
                .toList();
    }

    /** Whoever has to decide at once must read why. */
    private static Optional<Finding> unexplained(Submitted submitted, boolean urgent) {
        return urgent && !submitted.has(Names.REASON)
                ? Optional.of(Finding.blocking(
                        Submitted.WHERE,
                        Names.REASON,
                        "why an urgent change cannot wait",
                        "nothing",
                        "Say it in the reason, or ask for an ordinary change."))
                : Optional.empty();
    }
}

package io.meshspan.engine.model;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.Characters;
import io.meshspan.mesh.ClusterList;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.MeshRequest;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.ProfileExtras;
import io.meshspan.mesh.RequestField;
import io.meshspan.mesh.RequestedFields;
import io.meshspan.mesh.RequestedValues;
import io.meshspan.mesh.Topology;
import io.meshspan.meshfile.MeshFile;
import io.meshspan.meshfile.ValuesText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The requested mesh, from a mesh file or from form fields. Both at once would be two meshes.
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
            VariableNames.MESH_ID,
            VariableNames.ISTIO_VERSION,
            VariableNames.CLUSTERS,
            VariableNames.PRIMARY,
            VariableNames.HUB,
            VariableNames.TAG,
            VariableNames.REVISION,
            VariableNames.INGRESS_GATEWAY,
            VariableNames.DEFAULT_TAG,
            VariableNames.VALUES,
            VariableNames.TOKEN_EXPIRATION,
            VariableNames.KEEP_SAMPLE);

    /** No other fields are allowed: a variable such as approved would later look like a step's result. */
    private static final Set<String> BESIDES =
            Set.of(VariableNames.MESH_FILE, VariableNames.URGENT, VariableNames.REASON);

    /** @param topology the topology of the process */
    public static SubmittedMesh read(Submitted submitted, Topology topology, Map<ClusterName, NetworkName> known) {
        return read(submitted, topology, known, Set.of());
    }

    /**
     * An existing mesh: what is left out comes from its declaration.
     *
     * @param gone whether clusters may be missing from the inventory
     * @param more additional fields of this process
     */
    static SubmittedMesh readDeclared(
            Submitted submitted,
            Topology topology,
            Map<ClusterName, NetworkName> known,
            DeclaredStart declared,
            boolean gone,
            Set<String> more) {
        RequestField named = submitted.text(DeclaredStart.FIELD);
        Set<String> fields = new TreeSet<>(more);
        fields.add(DeclaredStart.FIELD);
        SubmittedMesh said = read(submitted, topology, known, fields);
        return new SubmittedMesh(
                declared.complete(said.request(), named, gone),
                said.keepSample(),
                said.urgent(),
                said.reason(),
                said.file());
    }

    /** The same for a verification. */
    public static SubmittedMesh readDeclared(
            Submitted submitted, Topology topology, Map<ClusterName, NetworkName> known, DeclaredStart declared) {
        return readDeclared(submitted, topology, known, declared, false, Set.of());
    }

    /** @param more additional fields of this process */
    static SubmittedMesh read(
            Submitted submitted, Topology topology, Map<ClusterName, NetworkName> known, Set<String> more) {
        return submitted.has(VariableNames.MESH_FILE)
                ? byFile(submitted, topology, known, more)
                : byFields(submitted, topology, known, more);
    }

    private static SubmittedMesh byFile(
            Submitted submitted, Topology topology, Map<ClusterName, NetworkName> known, Set<String> more) {
        String reason = submitted.remark(VariableNames.REASON).text();
        boolean urgent = submitted.flag(VariableNames.URGENT);
        String text = new SubmittedFile(submitted, VariableNames.MESH_FILE).text();
        MeshFile file = MeshFile.read(text);
        List<Finding> findings = new ArrayList<>(wrong(submitted, urgent, more));
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
        ClusterList clusters = new ClusterList(
                topology,
                submitted.list(VariableNames.CLUSTERS),
                Submitted.WHERE,
                submitted.text(VariableNames.PRIMARY));
        ValuesText values = values(submitted);
        RequestedFields fields = fields(submitted, values.values());
        boolean keepSample = submitted.flag(VariableNames.KEEP_SAMPLE);
        boolean urgent = submitted.flag(VariableNames.URGENT);
        String reason = submitted.remark(VariableNames.REASON).text();
        List<Finding> findings = new ArrayList<>(wrong(submitted, urgent, more));
        clusters.finding().ifPresent(findings::add);
        findings.addAll(values.findings());
        return new SubmittedMesh(
                new MeshRequest(topology, fields, clusters.requested(), known, findings),
                keepSample,
                urgent,
                reason,
                null);
    }

    /** Like the values in a mesh file: a text with its own lines and columns. */
    static ValuesText values(Submitted submitted) {
        return submitted.has(VariableNames.VALUES)
                ? ValuesText.read(VariableNames.VALUES, new SubmittedFile(submitted, VariableNames.VALUES).text(), null)
                : new ValuesText(RequestedValues.none(Submitted.WHERE), List.of());
    }

    private static RequestedFields fields(Submitted submitted, RequestedValues values) {
        return new RequestedFields(
                submitted.text(VariableNames.MESH_ID),
                submitted.text(VariableNames.ISTIO_VERSION),
                submitted.text(VariableNames.HUB),
                submitted.text(VariableNames.TAG),
                submitted.text(VariableNames.REVISION),
                new ProfileExtras(
                        submitted.flag(VariableNames.INGRESS_GATEWAY), submitted.flag(VariableNames.DEFAULT_TAG)),
                values,
                RequestField.nothing(Submitted.WHERE),
                submitted.text(VariableNames.TOKEN_EXPIRATION));
    }

    private static List<Finding> wrong(Submitted submitted, boolean urgent, Set<String> more) {
        Set<String> known = new TreeSet<>(FIELDS);
        known.addAll(BESIDES);
        known.addAll(more);
        return findings(submitted, urgent, known);
    }

    static List<Finding> findings(Submitted submitted, boolean urgent, Set<String> known) {
        return Stream.concat(unexplained(submitted, urgent).stream(), submitted.findings(known).stream())
                .toList();
    }

    /** An urgent change needs a reason, as somebody must decide on it at once. */
    private static Optional<Finding> unexplained(Submitted submitted, boolean urgent) {
        return urgent
                        && Characters.isInvisible(
                                submitted.value(VariableNames.REASON).asText())
                ? Optional.of(Finding.blocking(
                        Submitted.WHERE,
                        VariableNames.REASON,
                        "why an urgent change cannot wait",
                        "nothing",
                        "Say it in the reason, or ask for an ordinary change."))
                : Optional.empty();
    }
}

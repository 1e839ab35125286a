package io.meshspan.engine.model;

import io.meshspan.declared.AdoptableMesh;
import io.meshspan.declared.AdoptableMesh.Adoptable;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.mesh.AcceptedReleases;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.InputRules;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshRequest;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.RequestField;
import io.meshspan.meshfile.MeshFile;
import io.meshspan.meshfile.MeshFileWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The mesh that others installed in some clusters, as it would be declared. Everything but the clusters is read from them. */
public record SubmittedAdoption(SubmittedMesh asked, Mesh mesh) {

    private static final Set<String> FIELDS = Set.of(
            VariableNames.MESH_ID,
            VariableNames.CLUSTERS,
            VariableNames.KEEP_SAMPLE,
            VariableNames.URGENT,
            VariableNames.REASON);

    /** @throws StepFailed INPUT_REJECTED with everything that is wrong with the request, or that stands against the adoption */
    public static SubmittedAdoption read(
            Submitted submitted, Map<ClusterName, NetworkName> known, AdoptableMesh adoptable) {
        RequestField meshId = submitted.text(VariableNames.MESH_ID);
        List<RequestField> clusters = submitted.list(VariableNames.CLUSTERS);
        boolean keepSample = submitted.flag(VariableNames.KEEP_SAMPLE);
        boolean urgent = submitted.flag(VariableNames.URGENT);
        String reason = submitted.remark(VariableNames.REASON).text();
        List<Finding> findings = new ArrayList<>(SubmittedMesh.findings(submitted, urgent, FIELDS));
        findings.addAll(wrong(clusters, known));
        requireNone(findings);
        Adoptable found = found(
                adoptable,
                clusters.stream().map(RequestField::text).map(ClusterName::new).toList());
        findings.addAll(found.findings().list().stream()
                .filter(finding -> finding.severity() == Severity.BLOCKING)
                .toList());
        found.mesh()
                .filter(mesh -> !meshId.isAbsent() && !mesh.id().value().equals(meshId.text()))
                .map(mesh -> another(meshId, mesh))
                .ifPresent(findings::add);
        requireNone(findings);
        Mesh mesh = found.mesh().orElseThrow();
        String file = MeshFileWriter.text(mesh);
        MeshRequest request = MeshFile.read(file).request(mesh.topology(), known, List.of());
        return new SubmittedAdoption(
                new SubmittedMesh(request, keepSample, urgent, reason, file),
                request.toMesh(AcceptedReleases.AND_NEWER));
    }

    /** A start has no retries: whoever asks is told that a cluster does not answer. */
    private static Adoptable found(AdoptableMesh adoptable, List<ClusterName> clusters) {
        try {
            return adoptable.read(clusters);
        } catch (TransientException e) {
            throw new StepFailed(
                    FailureCode.INPUT_REJECTED,
                    List.of(Finding.blocking(
                            Submitted.WHERE,
                            VariableNames.CLUSTERS,
                            "clusters that answer, since the mesh is read from them",
                            String.valueOf(e.getMessage()),
                            "Try again when they answer.")));
        }
    }

    private static void requireNone(List<Finding> findings) {
        if (!findings.isEmpty()) {
            throw new StepFailed(FailureCode.INPUT_REJECTED, findings);
        }
    }

    private static Finding another(RequestField said, Mesh mesh) {
        return Finding.blocking(
                said.where(),
                VariableNames.MESH_ID,
                "%s, as these clusters have it"
                        .formatted(InputRules.quoted(mesh.id().value())),
                InputRules.quoted(said.text()),
                "Correct it, leave it out, or name the clusters of that mesh.");
    }

    private static List<Finding> wrong(List<RequestField> clusters, Map<ClusterName, NetworkName> known) {
        List<String> names =
                known.keySet().stream().map(ClusterName::value).sorted().toList();
        if (clusters.isEmpty()) {
            return List.of(Finding.blocking(
                    Submitted.WHERE,
                    VariableNames.CLUSTERS,
                    "the clusters of the mesh, some of " + InputRules.list(names),
                    "none",
                    "Name every cluster of the mesh."));
        }
        Stream<Finding> unknown = clusters.stream()
                .filter(RequestField::readable)
                .filter(name -> !names.contains(name.text()))
                .map(name -> Finding.blocking(
                        Submitted.WHERE,
                        VariableNames.CLUSTERS,
                        "clusters of the inventory: " + InputRules.list(names),
                        InputRules.quoted(name.text()),
                        "Correct the name, or add the cluster to meshspan.inventory.clusters."));
        return Stream.concat(InputRules.repeated(VariableNames.CLUSTERS, clusters), unknown)
                .toList();
    }
}

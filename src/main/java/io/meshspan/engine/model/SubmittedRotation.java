package io.meshspan.engine.model;

import io.meshspan.change.ChangeKind;
import io.meshspan.change.RotatedCredential;
import io.meshspan.declared.DeclaredMesh;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.AcceptedReleases;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.InputRules;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshRequest;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.RequestField;
import io.meshspan.mesh.TokenExpiration;
import io.meshspan.mesh.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A declared mesh whose credentials are replaced, in all its clusters or in some. */
public record SubmittedRotation(SubmittedMesh asked, Mesh mesh, ChangeKind kind) {

    private static final Set<String> FIELDS = Set.of(
            DeclaredStart.FIELD,
            VariableNames.CLUSTERS,
            VariableNames.KEEP_SAMPLE,
            VariableNames.URGENT,
            VariableNames.REASON);

    private static final Set<String> FIELDS_OF_TOKENS = Stream.concat(
                    FIELDS.stream(), Stream.of(VariableNames.TOKEN_EXPIRATION))
            .collect(Collectors.toUnmodifiableSet());

    /** A root is that of all clusters, so it has no choice of clusters; and each phase verifies with a sample of its own. */
    private static final Set<String> FIELDS_OF_ROOT =
            Set.of(DeclaredStart.FIELD, VariableNames.URGENT, VariableNames.REASON);

    /** @throws StepFailed INPUT_REJECTED with everything that is wrong */
    public static SubmittedRotation read(
            Submitted submitted,
            RotatedCredential credential,
            Map<ClusterName, NetworkName> known,
            DeclaredStart declared) {
        RequestField named = submitted.text(DeclaredStart.FIELD);
        List<RequestField> clusters =
                credential == RotatedCredential.ROOT ? List.of() : submitted.list(VariableNames.CLUSTERS);
        boolean keepSample = submitted.flag(VariableNames.KEEP_SAMPLE);
        boolean urgent = submitted.flag(VariableNames.URGENT);
        String reason = submitted.remark(VariableNames.REASON).text();
        List<Finding> findings = new ArrayList<>(SubmittedMesh.findings(submitted, urgent, fields(credential)));
        DeclaredMesh before = declared.named(named, findings);
        findings.addAll(wrong(clusters, before.mesh()));
        RequestField expiration = credential == RotatedCredential.REMOTE_TOKENS
                ? submitted.text(VariableNames.TOKEN_EXPIRATION)
                : RequestField.nothing(Submitted.WHERE);
        findings.addAll(choiceForSome(expiration, clusters, before.mesh()));
        MeshRequest same = DeclaredCompletion.inTopology(
                before.mesh().topology(), DeclaredCompletion.unchanged(before, Topology.MIXED, named, known, findings));
        MeshRequest request =
                expiration.isAbsent() ? same : same.with(same.fields().with(expiration));
        Mesh mesh = request.toMesh(AcceptedReleases.AND_NEWER);
        return new SubmittedRotation(
                new SubmittedMesh(request, keepSample, urgent, reason, null),
                mesh,
                new ChangeKind.Rotate(
                        credential,
                        clusters.isEmpty()
                                ? mesh.clusters()
                                : clusters.stream()
                                        .map(RequestField::text)
                                        .map(ClusterName::new)
                                        .toList()));
    }

    private static Set<String> fields(RotatedCredential credential) {
        return switch (credential) {
            case REMOTE_TOKENS -> FIELDS_OF_TOKENS;
            case INTERMEDIATES -> FIELDS;
            case ROOT -> FIELDS_OF_ROOT;
        };
    }

    /** The expiration of tokens is a choice for the whole mesh. */
    private static List<Finding> choiceForSome(RequestField expiration, List<RequestField> clusters, Mesh mesh) {
        boolean other = !expiration.isAbsent() && !TokenExpiration.isOf(mesh, expiration);
        return other && !clusters.isEmpty()
                ? List.of(Finding.blocking(
                        expiration.where(),
                        VariableNames.TOKEN_EXPIRATION,
                        "%s, as declared, while only some clusters are named"
                                .formatted(mesh.boundTokens()
                                        .map(TokenExpiration::toString)
                                        .orElse(TokenExpiration.NEVER)),
                        InputRules.quoted(expiration.text()),
                        "Leave the clusters out: another expiration is for the tokens of all clusters."))
                : List.of();
    }

    private static List<Finding> wrong(List<RequestField> clusters, Mesh mesh) {
        List<String> members =
                mesh.members().stream().map(member -> member.cluster().value()).toList();
        Stream<Finding> strangers = clusters.stream()
                .filter(RequestField::readable)
                .filter(name -> !members.contains(name.text()))
                .map(name -> Finding.blocking(
                        Submitted.WHERE,
                        VariableNames.CLUSTERS,
                        "some of the members " + InputRules.list(members),
                        InputRules.quoted(name.text()),
                        "Name members of the mesh, or leave the field out for all of them."));
        return Stream.concat(InputRules.repeated(VariableNames.CLUSTERS, clusters), strangers)
                .toList();
    }
}

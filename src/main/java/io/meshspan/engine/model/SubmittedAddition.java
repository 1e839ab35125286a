package io.meshspan.engine.model;

import io.meshspan.change.ChangeKind;
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
import io.meshspan.mesh.RequestedCluster;
import io.meshspan.mesh.RequestedClusters;
import io.meshspan.mesh.RequestedValues;
import io.meshspan.mesh.Topology;
import io.meshspan.meshfile.ValuesText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A declared mesh and the clusters that join it. Everything else is taken from the declaration.
 *
 * @param mesh with the clusters that join
 */
public record SubmittedAddition(SubmittedMesh asked, Mesh mesh, ChangeKind kind) {

    private static final String JOIN = "join";
    private static final String ROLE = "role";
    private static final String CONTROL_PLANE = "controlPlane";
    private static final Set<String> FIELDS = Set.of(
            DeclaredStart.FIELD,
            JOIN,
            ROLE,
            CONTROL_PLANE,
            VariableNames.VALUES,
            VariableNames.KEEP_SAMPLE,
            VariableNames.URGENT,
            VariableNames.REASON);

    /** @throws StepFailed INPUT_REJECTED with everything that is wrong */
    public static SubmittedAddition read(
            Submitted submitted, Map<ClusterName, NetworkName> known, DeclaredStart declared) {
        RequestField named = submitted.text(DeclaredStart.FIELD);
        List<RequestField> join = submitted.list(JOIN);
        RequestField role = submitted.text(ROLE);
        RequestField controlPlane = submitted.text(CONTROL_PLANE);
        ValuesText values = SubmittedMesh.values(submitted);
        boolean keepSample = submitted.flag(VariableNames.KEEP_SAMPLE);
        boolean urgent = submitted.flag(VariableNames.URGENT);
        String reason = submitted.remark(VariableNames.REASON).text();
        List<Finding> findings = new ArrayList<>(values.findings());
        findings.addAll(SubmittedMesh.findings(submitted, urgent, FIELDS));
        DeclaredMesh before = declared.named(named, findings);
        Set<String> members = members(before.mesh());
        findings.addAll(wrong(join, members));
        List<RequestedCluster> joining = join.stream()
                .filter(name -> !members.contains(name.text()))
                .map(name -> joining(name, role, controlPlane, values.values()))
                .toList();
        MeshRequest request = request(before, named, joining, known, findings);
        Mesh joined =
                DeclaredCompletion.inTopology(before.mesh().topology(), request).toMesh(AcceptedReleases.AND_NEWER);
        return new SubmittedAddition(
                new SubmittedMesh(request, keepSample, urgent, reason, null),
                joined,
                new ChangeKind.Add(joining.stream()
                        .map(cluster -> cluster.name().text())
                        .map(ClusterName::new)
                        .toList()));
    }

    /** What the rules of a mesh find wrong with a name is told of the field that has it. */
    private static RequestedCluster joining(
            RequestField said, RequestField role, RequestField controlPlane, RequestedValues values) {
        RequestField nothing = RequestField.nothing(Submitted.WHERE);
        RequestField name = new RequestField(said.text(), Submitted.WHERE + ", " + JOIN, said.readable());
        return new RequestedCluster(name, nothing, role, controlPlane, values, nothing, nothing);
    }

    private static Set<String> members(Mesh mesh) {
        return mesh.members().stream()
                .map(member -> member.cluster().value())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Finding> wrong(List<RequestField> join, Set<String> members) {
        List<Finding> findings = new ArrayList<>();
        if (join.isEmpty()) {
            findings.add(finding("the clusters that join the mesh", "none", "Name them."));
        }
        join.stream()
                .filter(name -> members.contains(name.text()))
                .map(name -> finding(
                        "clusters other than the members " + InputRules.list(members),
                        InputRules.quoted(name.text()),
                        "Leave it out. To repair a member, start install-mesh with the declared mesh."))
                .forEach(findings::add);
        return findings;
    }

    private static Finding finding(String expected, String found, String advice) {
        return Finding.blocking(Submitted.WHERE, JOIN, expected, found, advice);
    }

    /** The declared members, then the new ones. */
    private static MeshRequest request(
            DeclaredMesh declared,
            RequestField named,
            List<RequestedCluster> joining,
            Map<ClusterName, NetworkName> known,
            List<Finding> findings) {
        MeshRequest members = DeclaredCompletion.unchanged(declared, Topology.MIXED, named, known, findings);
        List<RequestedCluster> clusters = Stream.concat(members.clusters().all().stream(), joining.stream())
                .toList();
        return new MeshRequest(
                Topology.MIXED,
                members.fields(),
                RequestedClusters.of(clusters, Submitted.WHERE),
                known,
                members.misread());
    }
}

package io.meshspan.engine.model;

import io.meshspan.change.ChangeKind;
import io.meshspan.change.Removal;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.AcceptedReleases;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.InputRules;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshRequest;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.RequestField;
import io.meshspan.mesh.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** An existing mesh, and what to remove from it. */
public record SubmittedRemoval(SubmittedMesh asked, Mesh mesh, ChangeKind kind) {

    private static final String TAKE_OUT = "takeOut";
    private static final String CONFIRM = "confirmMeshId";
    private static final String CRDS = "removeCrds";
    private static final String EVEN_IF_INJECTED = "evenIfInjected";

    /**
     * Removes the whole mesh, whose name must be typed again. An empty list of clusters never means this.
     *
     * @throws io.meshspan.finding.StepFailed INPUT_REJECTED with everything that is wrong
     */
    public static SubmittedRemoval readWholeMesh(
            Submitted submitted, Topology topology, Map<ClusterName, NetworkName> known, DeclaredStart declared) {
        RequestField confirmed = submitted.exact(CONFIRM);
        boolean takesOut = submitted.mentions(TAKE_OUT); // empty, it is as doubtful
        boolean crds = submitted.flag(CRDS);
        boolean evenIfInjected = submitted.flag(EVEN_IF_INJECTED);
        SubmittedMesh asked = SubmittedMesh.readDeclared(
                submitted, topology, known, declared, true, Set.of(CONFIRM, TAKE_OUT, CRDS, EVEN_IF_INJECTED));
        Stream<Finding> findings = Stream.of(
                        unconfirmed(confirmed, asked.request().fields().meshId()),
                        Optional.of(otherProcess()).filter(finding -> takesOut))
                .flatMap(Optional::stream);
        Mesh mesh = checked(asked.request(), findings).toMesh(AcceptedReleases.AND_NEWER);
        return new SubmittedRemoval(
                asked, mesh, new ChangeKind.Remove(new Removal(mesh.clusters(), crds, evenIfInjected)));
    }

    /**
     * Removes some clusters; at least one stays.
     *
     * @throws io.meshspan.finding.StepFailed INPUT_REJECTED with everything that is wrong
     */
    public static SubmittedRemoval readTakeOut(
            Submitted submitted, Topology topology, Map<ClusterName, NetworkName> known, DeclaredStart declared) {
        List<RequestField> out = submitted.list(TAKE_OUT);
        boolean crds = submitted.flag(CRDS);
        boolean evenIfInjected = submitted.flag(EVEN_IF_INJECTED);
        SubmittedMesh asked = SubmittedMesh.readDeclared(
                submitted, topology, known, declared, false, Set.of(TAKE_OUT, CRDS, EVEN_IF_INJECTED));
        List<String> clusters = asked.request().clusters().all().stream()
                .map(cluster -> cluster.name().text())
                .toList();
        Mesh mesh = checked(asked.request(), wrong(out, clusters)).toMesh(AcceptedReleases.AND_NEWER);
        List<ClusterName> leaving =
                out.stream().map(RequestField::text).map(ClusterName::new).toList();
        return new SubmittedRemoval(asked, mesh, new ChangeKind.TakeOut(new Removal(leaving, crds, evenIfInjected)));
    }

    private static MeshRequest checked(MeshRequest request, Stream<Finding> more) {
        List<Finding> findings = new ArrayList<>(request.misread());
        more.forEach(findings::add);
        return new MeshRequest(request.topology(), request.fields(), request.clusters(), request.known(), findings);
    }

    private static Optional<Finding> unconfirmed(RequestField confirmed, RequestField mesh) {
        boolean same = confirmed.readable() && confirmed.text().equals(mesh.text()) && !confirmed.isAbsent();
        return same || !confirmed.readable()
                ? Optional.empty()
                : Optional.of(Finding.blocking(
                        confirmed.where(),
                        CONFIRM,
                        "the mesh's ID once more, " + InputRules.quoted(mesh.text()),
                        quoted(confirmed),
                        "Type the ID of the mesh to remove; to take out some of its clusters, start"
                                + " take-out-cluster."));
    }

    private static Finding otherProcess() {
        return Finding.blocking(
                Submitted.WHERE,
                TAKE_OUT,
                "nothing, for this removes the whole mesh",
                "the field",
                "To take out some of its clusters, start take-out-cluster; to remove the whole mesh, leave it out.");
    }

    private static Stream<Finding> wrong(List<RequestField> out, List<String> clusters) {
        List<Finding> findings =
                new ArrayList<>(InputRules.repeated(TAKE_OUT, out).toList());
        out.stream()
                .filter(RequestField::readable)
                .filter(name -> !clusters.contains(name.text()))
                .map(name -> finding(
                        name,
                        clusters.isEmpty()
                                ? "some of the mesh's clusters; none are named"
                                : "some of the mesh's clusters " + InputRules.list(clusters),
                        quoted(name),
                        "Name clusters of the mesh."))
                .forEach(findings::add);
        RequestField nowhere = RequestField.nothing(Submitted.WHERE);
        if (out.isEmpty()) {
            findings.add(finding(
                    nowhere,
                    clusters.isEmpty()
                            ? "the clusters that leave the mesh"
                            : "the clusters that leave the mesh, some of " + InputRules.list(clusters),
                    "none",
                    "Name them; to remove the whole mesh, start remove-mesh."));
        } else if (!clusters.isEmpty()
                && out.stream().map(RequestField::text).toList().containsAll(clusters)) {
            findings.add(finding(
                    nowhere,
                    "at least one cluster that stays",
                    "all of the mesh's clusters",
                    "Leave out those that stay; to remove the whole mesh, start remove-mesh."));
        }
        return findings.stream();
    }

    private static Finding finding(RequestField at, String expected, String found, String advice) {
        return Finding.blocking(at.where(), TAKE_OUT, expected, found, advice);
    }

    private static String quoted(RequestField value) {
        return value.text().isEmpty() ? "nothing" : InputRules.quoted(value.text());
    }
}

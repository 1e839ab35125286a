package io.meshspan.engine.model;

import io.meshspan.change.ChangeKind;
import io.meshspan.declared.DeclaredMesh;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.AcceptedReleases;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshRequest;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.RequestField;
import io.meshspan.mesh.RequestedFields;
import io.meshspan.mesh.UpgradeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A declared mesh and the version that it gets. Everything else is taken from the declaration.
 *
 * @param mesh in the new version, beside the older revision or in its place
 */
public record SubmittedUpgrade(SubmittedMesh asked, Mesh mesh, ChangeKind kind) {

    private static final Set<String> FIELDS_IN_PLACE = Set.of(
            DeclaredStart.FIELD,
            VariableNames.ISTIO_VERSION,
            VariableNames.TAG,
            VariableNames.URGENT,
            VariableNames.REASON);

    private static final Set<String> FIELDS = Stream.concat(FIELDS_IN_PLACE.stream(), Stream.of(VariableNames.REVISION))
            .collect(Collectors.toUnmodifiableSet());

    /**
     * @param inPlace whether the existing revision gets the version; otherwise a new one next to it does
     * @throws StepFailed INPUT_REJECTED with everything that is wrong
     */
    public static SubmittedUpgrade read(
            Submitted submitted,
            Map<ClusterName, NetworkName> known,
            DeclaredStart declared,
            AcceptedReleases releases,
            boolean inPlace) {
        RequestField named = submitted.text(DeclaredStart.FIELD);
        RequestField version = submitted.text(VariableNames.ISTIO_VERSION);
        RequestField revision =
                inPlace ? RequestField.nothing(version.where()) : submitted.text(VariableNames.REVISION);
        RequestField tag = submitted.text(VariableNames.TAG);
        boolean urgent = submitted.flag(VariableNames.URGENT);
        String reason = submitted.remark(VariableNames.REASON).text();
        List<Finding> findings =
                new ArrayList<>(SubmittedMesh.findings(submitted, urgent, inPlace ? FIELDS_IN_PLACE : FIELDS));
        DeclaredMesh before = declared.named(named, findings);
        findings.addAll(UpgradeRules.findings(before.mesh(), version, revision));
        MeshRequest same = DeclaredCompletion.unchanged(before, before.mesh().topology(), named, known, findings);
        MeshRequest request =
                newer(same, version, inPlace ? same.fields().revision() : revisionOf(version, revision), tag);
        Mesh asked = request.toMesh(releases);
        Mesh upgraded = inPlace ? asked.upgradingInPlace(before.mesh()) : asked.upgrading(before.mesh());
        return new SubmittedUpgrade(
                new SubmittedMesh(request, false, urgent, reason, null),
                upgraded,
                new ChangeKind.Upgrade(before.mesh().version(), upgraded.version()));
    }

    /** The tag of images goes with the version, so that of the declaration does not count. */
    private static MeshRequest newer(MeshRequest same, RequestField version, RequestField revision, RequestField tag) {
        RequestedFields fields = same.fields();
        return new MeshRequest(
                same.topology(),
                new RequestedFields(
                        fields.meshId(),
                        version,
                        fields.hub(),
                        tag,
                        revision,
                        fields.extras(),
                        fields.values(),
                        fields.gatewayNamespace(),
                        fields.tokenExpiration()),
                same.clusters(),
                same.known(),
                same.misread());
    }

    private static RequestField revisionOf(RequestField version, RequestField revision) {
        if (!revision.isAbsent()) {
            return revision;
        }
        return IstioVersion.isVersion(version.text())
                ? RequestField.text(UpgradeRules.revisionOf(IstioVersion.parse(version.text())), version.where())
                : RequestField.nothing(version.where());
    }
}

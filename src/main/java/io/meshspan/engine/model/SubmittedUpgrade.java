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

/**
 * A declared mesh and the version that it gets. Everything else is taken from the declaration.
 *
 * @param mesh in the new version and revision, beside the older one
 */
public record SubmittedUpgrade(SubmittedMesh asked, Mesh mesh, ChangeKind kind) {

    private static final Set<String> FIELDS = Set.of(
            DeclaredStart.FIELD,
            VariableNames.ISTIO_VERSION,
            VariableNames.REVISION,
            VariableNames.TAG,
            VariableNames.URGENT,
            VariableNames.REASON);

    /** @throws StepFailed INPUT_REJECTED with everything that is wrong */
    public static SubmittedUpgrade read(
            Submitted submitted,
            Map<ClusterName, NetworkName> known,
            DeclaredStart declared,
            AcceptedReleases releases) {
        RequestField named = submitted.text(DeclaredStart.FIELD);
        RequestField version = submitted.text(VariableNames.ISTIO_VERSION);
        RequestField revision = submitted.text(VariableNames.REVISION);
        RequestField tag = submitted.text(VariableNames.TAG);
        boolean urgent = submitted.flag(VariableNames.URGENT);
        String reason = submitted.remark(VariableNames.REASON).text();
        List<Finding> findings = new ArrayList<>(SubmittedMesh.findings(submitted, urgent, FIELDS));
        DeclaredMesh before = declared.named(named, findings);
        findings.addAll(UpgradeRules.findings(before.mesh(), version, revision));
        MeshRequest request = request(before, named, version, revision, tag, known, findings);
        Mesh upgraded = request.toMesh(releases).upgrading(before.mesh());
        return new SubmittedUpgrade(
                new SubmittedMesh(request, false, urgent, reason, null),
                upgraded,
                new ChangeKind.Upgrade(before.mesh().version(), upgraded.version()));
    }

    /** The tag of images goes with the version, so that of the declaration does not count. */
    private static MeshRequest request(
            DeclaredMesh declared,
            RequestField named,
            RequestField version,
            RequestField revision,
            RequestField tag,
            Map<ClusterName, NetworkName> known,
            List<Finding> findings) {
        MeshRequest same =
                DeclaredCompletion.unchanged(declared, declared.mesh().topology(), named, known, findings);
        RequestedFields fields = same.fields();
        return new MeshRequest(
                declared.mesh().topology(),
                new RequestedFields(
                        fields.meshId(),
                        version,
                        fields.hub(),
                        tag,
                        revision.isAbsent() ? revisionOf(version) : revision,
                        fields.extras(),
                        fields.values(),
                        fields.gatewayNamespace()),
                same.clusters(),
                known,
                same.misread());
    }

    private static RequestField revisionOf(RequestField version) {
        return IstioVersion.isVersion(version.text())
                ? RequestField.text(UpgradeRules.revisionOf(IstioVersion.parse(version.text())), version.where())
                : RequestField.nothing(version.where());
    }
}

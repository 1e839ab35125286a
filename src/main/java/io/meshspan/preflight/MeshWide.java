package io.meshspan.preflight;

import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.remotesecret.RemoteSecrets;
import io.meshspan.trust.MeshTrust;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the rooms of trust and of remote secrets know to stand in the way. */
@Component
final class MeshWide {

    private final MeshTrust trust;
    private final RemoteSecrets remoteSecrets;

    MeshWide(MeshTrust trust, RemoteSecrets remoteSecrets) {
        this.trust = trust;
        this.remoteSecrets = remoteSecrets;
    }

    /** @param answering the clusters that can be asked */
    List<Finding> check(Mesh mesh, Collection<ClusterName> answering) {
        List<Finding> findings = new ArrayList<>(remoteSecrets.check(mesh));
        findings.addAll(trust(mesh, answering));
        return findings;
    }

    /** A cluster that refuses to be asked does not hide what is found in the others. */
    private List<Finding> trust(Mesh mesh, Collection<ClusterName> answering) {
        try {
            return trust.check(among(mesh, answering));
        } catch (StepFailed e) {
            List<Finding> findings = new ArrayList<>(e.findings());
            List<String> refusing = e.findings().stream().map(Finding::where).toList();
            List<ClusterName> others = answering.stream()
                    .filter(cluster -> !refusing.contains(cluster.value()))
                    .toList();
            if (others.size() < answering.size()) {
                findings.addAll(trust(mesh, others));
            }
            return findings;
        }
    }

    private static Mesh among(Mesh mesh, Collection<ClusterName> answering) {
        return new Mesh(
                mesh.id(),
                mesh.topology(),
                mesh.version(),
                mesh.images(),
                mesh.revision(),
                mesh.extras(),
                mesh.members().stream()
                        .filter(member -> answering.contains(member.cluster()))
                        .toList());
    }
}

package io.meshspan.preflight;

import io.meshspan.expiry.TokenRenewalProperties;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.gateway.Discovery;
import io.meshspan.gateway.GatewayReach;
import io.meshspan.manifest.Renderer;
import io.meshspan.manifest.ValuesCheck;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.remotesecret.RemoteSecrets;
import io.meshspan.trust.MeshTrust;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;

/** Runs the checks of the features: renderers, gateways, trust and remote secrets. */
@Component
final class MeshChecks {

    private final Renderer renderer;
    private final ValuesCheck values;
    private final GatewayReach reach;
    private final Discovery discovery;
    private final MeshTrust trust;
    private final RemoteSecrets remoteSecrets;
    private final TokenRenewalProperties renewal;

    MeshChecks(
            Renderer renderer,
            ValuesCheck values,
            GatewayReach reach,
            Discovery discovery,
            MeshTrust trust,
            RemoteSecrets remoteSecrets,
            TokenRenewalProperties renewal) {
        this.renewal = renewal;
        this.renderer = renderer;
        this.values = values;
        this.reach = reach;
        this.discovery = discovery;
        this.trust = trust;
        this.remoteSecrets = remoteSecrets;
    }

    /** @param answering the clusters that answer */
    List<Finding> check(Mesh mesh, Collection<ClusterName> answering) {
        List<Finding> findings = new ArrayList<>(addresses(mesh));
        renewal.check(mesh).ifPresent(findings::add);
        findings.addAll(reach.check(mesh));
        List<Finding> unusable = renderer.check(mesh.version());
        findings.addAll(unusable);
        if (unusable.isEmpty()) {
            findings.addAll(values.check(mesh));
        }
        findings.addAll(
                ReachableClusters.among(answering, findings, reachable -> discovery.check(mesh.among(reachable))));
        findings.addAll(ReachableClusters.among(answering, findings, reachable -> trust.check(mesh.among(reachable))));
        return findings;
    }

    private List<Finding> addresses(Mesh mesh) {
        try {
            return remoteSecrets.check(mesh);
        } catch (StepFailed e) {
            return e.findings();
        }
    }
}

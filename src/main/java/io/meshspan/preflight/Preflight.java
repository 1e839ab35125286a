package io.meshspan.preflight;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.finding.StepFailed;
import io.meshspan.gateway.Discovery;
import io.meshspan.gateway.LivingGateways;
import io.meshspan.manifest.Renderer;
import io.meshspan.mesh.Mesh;
import io.meshspan.remotesecret.RemoteSecrets;
import io.meshspan.trust.MeshTrust;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Everything that can be known to stand in the way before anything is touched. */
@Component
public final class Preflight {

    private final Renderer renderer;
    private final LivingGateways gateways;
    private final Discovery discovery;
    private final MeshTrust trust;
    private final RemoteSecrets remoteSecrets;

    Preflight(
            Renderer renderer,
            LivingGateways gateways,
            Discovery discovery,
            MeshTrust trust,
            RemoteSecrets remoteSecrets) {
        this.renderer = renderer;
        this.gateways = gateways;
        this.discovery = discovery;
        this.trust = trust;
        this.remoteSecrets = remoteSecrets;
    }

    /**
     * What a decider should know.
     *
     * @throws StepFailed PREFLIGHT_FAILED with all findings if one of them is blocking
     */
    public List<Finding> run(Mesh mesh) {
        List<Finding> unusable = renderer.check(mesh.version());
        List<Finding> findings = Stream.of(
                        unusable,
                        unusable.isEmpty() ? gateways.check(mesh) : List.<Finding>of(),
                        discovery.check(mesh),
                        trust.check(mesh),
                        remoteSecrets.check(mesh))
                .flatMap(List::stream)
                .toList();
        if (findings.stream().anyMatch(f -> f.severity() == Severity.BLOCKING)) {
            throw new StepFailed(FailureCode.PREFLIGHT_FAILED, findings);
        }
        return findings;
    }
}

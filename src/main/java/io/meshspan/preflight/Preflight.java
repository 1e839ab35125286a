package io.meshspan.preflight;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Severity;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.Mesh;
import io.meshspan.remotesecret.RemoteSecrets;
import io.meshspan.trust.MeshTrust;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Everything that can be known to stand in the way before anything is touched. */
@Component
public final class Preflight {

    private final MeshTrust trust;
    private final RemoteSecrets remoteSecrets;

    Preflight(MeshTrust trust, RemoteSecrets remoteSecrets) {
        this.trust = trust;
        this.remoteSecrets = remoteSecrets;
    }

    /**
     * What a decider should know.
     *
     * @throws StepFailed PREFLIGHT_FAILED with all findings if one of them is blocking
     */
    public List<Finding> run(Mesh mesh) {
        List<Finding> findings = Stream.concat(trust.check(mesh).stream(), remoteSecrets.check(mesh).stream())
                .toList();
        if (findings.stream().anyMatch(f -> f.severity() == Severity.BLOCKING)) {
            throw new StepFailed(FailureCode.PREFLIGHT_FAILED, findings);
        }
        return findings;
    }
}

package io.meshspan.process.delegate;

import io.meshspan.mesh.Mesh;
import io.meshspan.plan.Step;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.trust.InstalledCas;
import io.meshspan.trust.MeshTrust;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Configure trust. */
@Component
final class ConfigureTrustDelegate implements JavaDelegate {

    private final MeshTrust trust;
    private final InstalledCas certificates;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    ConfigureTrustDelegate(MeshTrust trust, InstalledCas certificates, ApprovedMesh approved, ChangeRecord record) {
        this.trust = trust;
        this.certificates = certificates;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Mesh mesh = approved.forAll(execution, Set.of(Step.TRUST));
        record.applied(execution, trust.configure(mesh));
        record.certificates(execution, certificates.of(mesh));
    }
}

package io.meshspan.process.delegate;

import io.meshspan.mesh.Mesh;
import io.meshspan.plan.Step;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.trust.MeshTrust;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Request certificates. */
@Component
final class RequestCertificatesDelegate implements JavaDelegate {

    private final MeshTrust trust;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    RequestCertificatesDelegate(MeshTrust trust, ApprovedMesh approved, ChangeRecord record) {
        this.trust = trust;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Mesh mesh = approved.forAll(execution, Set.of(Step.TRUST));
        record.applied(execution, trust.request(mesh));
    }
}

package io.meshspan.process.delegate;

import io.meshspan.engine.model.ChangeId;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.Step;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.rotation.IntermediatesInUse;
import io.meshspan.trust.InstalledCas;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Replace intermediates. */
@Component
final class ReplaceIntermediatesDelegate implements JavaDelegate {

    private final IntermediatesInUse intermediates;
    private final InstalledCas certificates;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    ReplaceIntermediatesDelegate(
            IntermediatesInUse intermediates, InstalledCas certificates, ApprovedMesh approved, ChangeRecord record) {
        this.intermediates = intermediates;
        this.certificates = certificates;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Mesh mesh = approved.forAll(execution, Set.of(Step.TRUST));
        record.applied(execution, intermediates.replace(ChangeId.of(execution), mesh));
        record.certificates(execution, certificates.of(mesh));
    }
}

package io.meshspan.process.delegate;

import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.verification.MeshVerification;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Remove HelloWorld. */
@Component
final class RemoveSampleDelegate implements JavaDelegate {

    private final MeshVerification verification;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    RemoveSampleDelegate(MeshVerification verification, ApprovedMesh approved, ChangeRecord record) {
        this.verification = verification;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        record.removed(execution, verification.removeSample(approved.read(execution)));
    }
}

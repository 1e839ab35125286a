package io.meshspan.process.delegate;

import io.meshspan.plan.Step;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.verification.MeshVerification;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Deploy HelloWorld. */
@Component
final class DeploySampleDelegate implements JavaDelegate {

    private final MeshVerification verification;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    DeploySampleDelegate(MeshVerification verification, ApprovedMesh approved, ChangeRecord record) {
        this.verification = verification;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        verification.requireRoom(approved.read(execution));
        record.applied(execution, verification.deploySample(approved.forAll(execution, Set.of(Step.SAMPLE))));
    }
}

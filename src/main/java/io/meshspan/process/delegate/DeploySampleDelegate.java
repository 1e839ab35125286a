package io.meshspan.process.delegate;

import io.meshspan.process.model.ChangeRecord;
import io.meshspan.process.model.MeshVariable;
import io.meshspan.verification.MeshVerification;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Deploy HelloWorld. */
@Component
final class DeploySampleDelegate implements JavaDelegate {

    private final MeshVerification verification;
    private final ChangeRecord record;

    DeploySampleDelegate(MeshVerification verification, ChangeRecord record) {
        this.verification = verification;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        record.applied(execution, verification.deploySample(MeshVariable.read(execution)));
    }
}

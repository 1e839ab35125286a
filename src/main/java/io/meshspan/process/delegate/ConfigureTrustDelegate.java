package io.meshspan.process.delegate;

import io.meshspan.process.model.ChangeRecord;
import io.meshspan.process.model.MeshVariable;
import io.meshspan.trust.MeshTrust;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Configure trust. */
@Component
final class ConfigureTrustDelegate implements JavaDelegate {

    private final MeshTrust trust;
    private final ChangeRecord record;

    ConfigureTrustDelegate(MeshTrust trust, ChangeRecord record) {
        this.trust = trust;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        record.applied(execution, trust.configure(MeshVariable.read(execution)));
    }
}

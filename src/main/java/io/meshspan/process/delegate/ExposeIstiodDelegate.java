package io.meshspan.process.delegate;

import io.meshspan.gateway.GatewayInstaller;
import io.meshspan.process.model.ChangeRecord;
import io.meshspan.process.model.MeshVariable;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Expose istiod. */
@Component
final class ExposeIstiodDelegate implements JavaDelegate {

    private final GatewayInstaller installer;
    private final ChangeRecord record;

    ExposeIstiodDelegate(GatewayInstaller installer, ChangeRecord record) {
        this.installer = installer;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        record.applied(execution, installer.exposeIstiod(MeshVariable.read(execution)));
    }
}

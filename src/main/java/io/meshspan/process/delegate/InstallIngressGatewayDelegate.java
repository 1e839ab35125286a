package io.meshspan.process.delegate;

import io.meshspan.gateway.GatewayInstaller;
import io.meshspan.process.model.CalledFor;
import io.meshspan.process.model.ChangeRecord;
import io.meshspan.process.model.MeshVariable;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Install ingress gateway. */
@Component
final class InstallIngressGatewayDelegate implements JavaDelegate {

    private final GatewayInstaller installer;
    private final ChangeRecord record;

    InstallIngressGatewayDelegate(GatewayInstaller installer, ChangeRecord record) {
        this.installer = installer;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        record.applied(execution, installer.installIngress(MeshVariable.read(execution), CalledFor.cluster(execution)));
    }
}

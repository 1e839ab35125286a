package io.meshspan.process.delegate;

import io.meshspan.engine.model.CalledCluster;
import io.meshspan.gateway.GatewayInstaller;
import io.meshspan.plan.Step;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Install ingress gateway. */
@Component
final class InstallIngressGatewayDelegate implements JavaDelegate {

    private final GatewayInstaller installer;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    InstallIngressGatewayDelegate(GatewayInstaller installer, ApprovedMesh approved, ChangeRecord record) {
        this.installer = installer;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        record.applied(
                execution,
                installer.installIngress(
                        approved.forOne(execution, Set.of(Step.INGRESS_GATEWAY)), CalledCluster.cluster(execution)));
    }
}

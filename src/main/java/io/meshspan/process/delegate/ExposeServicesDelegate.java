package io.meshspan.process.delegate;

import io.meshspan.gateway.GatewayInstaller;
import io.meshspan.plan.Step;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Expose services. */
@Component
final class ExposeServicesDelegate implements JavaDelegate {

    private final GatewayInstaller installer;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    ExposeServicesDelegate(GatewayInstaller installer, ApprovedMesh approved, ChangeRecord record) {
        this.installer = installer;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        record.applied(execution, installer.exposeServices(approved.forAll(execution, Set.of(Step.EXPOSE_SERVICES))));
    }
}

package io.meshspan.process.delegate;

import io.meshspan.gateway.GatewayInstaller;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.Step;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Expose istiod and services. */
@Component
final class ExposeIstiodAndServicesDelegate implements JavaDelegate {

    private final GatewayInstaller installer;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    ExposeIstiodAndServicesDelegate(GatewayInstaller installer, ApprovedMesh approved, ChangeRecord record) {
        this.installer = installer;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Mesh mesh = approved.forAll(execution, Set.of(Step.EXPOSE_ISTIOD, Step.EXPOSE_SERVICES));
        record.applied(execution, installer.exposeIstiod(mesh));
        record.applied(execution, installer.exposeServices(mesh));
    }
}

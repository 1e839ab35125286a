package io.meshspan.process.delegate;

import io.meshspan.controlplane.RemoteInstaller;
import io.meshspan.engine.model.CalledCluster;
import io.meshspan.plan.Step;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Install remote. */
@Component
final class InstallRemoteDelegate implements JavaDelegate {

    private final RemoteInstaller installer;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    InstallRemoteDelegate(RemoteInstaller installer, ApprovedMesh approved, ChangeRecord record) {
        this.installer = installer;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        record.applied(
                execution,
                installer.install(
                        approved.forOne(execution, Set.of(Step.CONTROL_PLANE)), CalledCluster.cluster(execution)));
    }
}

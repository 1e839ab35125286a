package io.meshspan.process.delegate;

import io.meshspan.engine.model.CalledCluster;
import io.meshspan.plan.Step;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.upgrade.RevisionInstaller;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Upgrade CRDs and roles. */
@Component
final class UpgradeBaseDelegate implements JavaDelegate {

    private final RevisionInstaller installer;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    UpgradeBaseDelegate(RevisionInstaller installer, ApprovedMesh approved, ChangeRecord record) {
        this.installer = installer;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        record.applied(
                execution,
                installer.installBase(
                        approved.forOne(execution, Set.of(Step.CONTROL_PLANE)), CalledCluster.cluster(execution)));
    }
}

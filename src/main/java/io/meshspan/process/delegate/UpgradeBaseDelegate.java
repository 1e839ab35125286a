package io.meshspan.process.delegate;

import io.meshspan.mesh.Mesh;
import io.meshspan.plan.Step;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.upgrade.RevisionInstaller;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Upgrade CRDs and roles: cluster after cluster, remotes first. The first that fails ends the step. */
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
        Mesh mesh = approved.forAll(execution, Set.of(Step.CONTROL_PLANE));
        Stream.concat(mesh.remotes().stream(), mesh.primaries().stream())
                .forEach(member -> record.applied(execution, installer.installBase(mesh, member.cluster())));
    }
}

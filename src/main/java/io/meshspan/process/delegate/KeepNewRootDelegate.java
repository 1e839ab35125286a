package io.meshspan.process.delegate;

import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.rotation.RootPhases;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Keep new root: from now on, Meshspan signs under it. */
@Component
final class KeepNewRootDelegate implements JavaDelegate {

    private final RootPhases phases;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    KeepNewRootDelegate(RootPhases phases, ApprovedMesh approved, ChangeRecord record) {
        this.phases = phases;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        phases.keepNewRoot(approved.read(execution))
                .ifPresent(done -> record.noted(execution, "keystore", "ROOT", done));
    }
}

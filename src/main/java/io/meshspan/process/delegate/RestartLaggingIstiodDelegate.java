package io.meshspan.process.delegate;

import io.meshspan.controlplane.IstiodRestart;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.Step;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.rotation.IntermediatesInUse;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Restart istiod where it does not sign with its new intermediate. */
@Component
final class RestartLaggingIstiodDelegate implements JavaDelegate {

    private final IntermediatesInUse intermediates;
    private final IstiodRestart istiods;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    RestartLaggingIstiodDelegate(
            IntermediatesInUse intermediates, IstiodRestart istiods, ApprovedMesh approved, ChangeRecord record) {
        this.intermediates = intermediates;
        this.istiods = istiods;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Mesh mesh = approved.forAll(execution, Set.of(Step.CONTROL_PLANE));
        String change = ChangeId.of(execution);
        record.applied(execution, istiods.restart(mesh, intermediates.notInUse(change, mesh), change));
    }
}

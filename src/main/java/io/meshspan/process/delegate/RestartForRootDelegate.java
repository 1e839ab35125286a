package io.meshspan.process.delegate;

import io.meshspan.engine.model.ChangeId;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.Step;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.rotation.RootPhases;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Restart istiod: once in each phase, in all primaries. */
@Component
final class RestartForRootDelegate implements JavaDelegate {

    private final RootPhases phases;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    RestartForRootDelegate(RootPhases phases, ApprovedMesh approved, ChangeRecord record) {
        this.phases = phases;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Mesh mesh = approved.forAll(execution, Set.of(Step.CONTROL_PLANE));
        record.applied(
                execution,
                phases.restartIstiods(
                        mesh,
                        "%s, phase %s of %s"
                                .formatted(
                                        ChangeId.of(execution),
                                        execution.getVariable(BeginPhaseDelegate.PHASE),
                                        execution.getVariable(BeginPhaseDelegate.AT))));
    }
}

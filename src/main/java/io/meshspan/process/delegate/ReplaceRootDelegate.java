package io.meshspan.process.delegate;

import io.meshspan.engine.model.ChangeId;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.Step;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.rotation.RootPhases;
import io.meshspan.trust.InstalledCas;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Replace cacerts: as the phase says, in all clusters. */
@Component
final class ReplaceRootDelegate implements JavaDelegate {

    private final RootPhases phases;
    private final InstalledCas certificates;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    ReplaceRootDelegate(RootPhases phases, InstalledCas certificates, ApprovedMesh approved, ChangeRecord record) {
        this.phases = phases;
        this.certificates = certificates;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Mesh mesh = approved.forAll(execution, Set.of(Step.TRUST));
        List<AppliedObject> applied = phases.replace(ChangeId.of(execution), mesh, BeginPhaseDelegate.phase(execution));
        record.applied(execution, applied);
        record.certificates(execution, certificates.of(mesh));
        if (applied.stream().anyMatch(object -> object.outcome() != ApplyOutcome.UNCHANGED)) {
            execution.removeVariable(RecordRootsDelegate.SINCE);
        }
    }
}

package io.meshspan.process.delegate;

import io.meshspan.finding.StepFailed;
import io.meshspan.inventory.Inventory;
import io.meshspan.mesh.Mesh;
import io.meshspan.process.engine.identity.UrgentChanges;
import io.meshspan.process.model.ChangeRecord;
import io.meshspan.process.model.MeshVariable;
import io.meshspan.process.model.Names;
import io.meshspan.process.model.RequestRefused;
import io.meshspan.process.model.Submitted;
import io.meshspan.process.model.SubmittedMesh;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Turns what was submitted into a mesh, or refuses the start: a BPMN error would leave an ended process behind. */
@Component
final class CheckInputsDelegate implements JavaDelegate {

    private final Inventory inventory;
    private final IdentityService identity;
    private final ChangeRecord record;
    private final UrgentChanges urgent;

    CheckInputsDelegate(
            Inventory inventory, @Lazy IdentityService identity, ChangeRecord record, UrgentChanges urgent) {
        this.inventory = inventory;
        this.identity = identity;
        this.record = record;
        this.urgent = urgent;
    }

    @Override
    public void execute(DelegateExecution execution) {
        try {
            check(execution, new Submitted(execution));
        } catch (StepFailed e) {
            throw new RequestRefused(e);
        }
    }

    private void check(DelegateExecution execution, Submitted submitted) {
        SubmittedMesh asked = SubmittedMesh.read(submitted, inventory.networks());
        Mesh mesh = asked.request().toMesh();
        MeshVariable.write(execution, mesh);
        execution.setProcessBusinessKey(mesh.id().value());
        execution.setVariable(Names.KEEP_SAMPLE, asked.keepSample());
        execution.setVariable(Names.REASON, asked.reason());
        execution.setVariable(Names.REQUESTER, requester());
        record.requested(execution, mesh, requester(), asked.reason());
        urgent.mark(execution, asked.urgent());
    }

    /** Only for people to read: who may approve is decided by the engine's own record of who started this. */
    private String requester() {
        return Optional.ofNullable(identity.getCurrentAuthentication())
                .map(authentication -> authentication.getUserId())
                .orElse("");
    }
}

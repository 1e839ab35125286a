package io.meshspan.process.delegate;

import io.meshspan.finding.StepFailed;
import io.meshspan.inventory.Inventory;
import io.meshspan.mesh.Mesh;
import io.meshspan.process.engine.identity.UrgentChanges;
import io.meshspan.process.model.ChangeRecord;
import io.meshspan.process.model.MeshVariable;
import io.meshspan.process.model.Names;
import io.meshspan.process.model.RemovalVariable;
import io.meshspan.process.model.RequestRefused;
import io.meshspan.process.model.Submitted;
import io.meshspan.process.model.SubmittedRemoval;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Turns what was submitted into a mesh and what of it shall go, or refuses the start. */
@Component
final class CheckRemovalDelegate implements JavaDelegate {

    private final Inventory inventory;
    private final IdentityService identity;
    private final ChangeRecord record;
    private final UrgentChanges urgent;

    CheckRemovalDelegate(
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
        SubmittedRemoval removal = SubmittedRemoval.read(submitted, inventory.networks());
        Mesh mesh = removal.mesh();
        MeshVariable.write(execution, mesh);
        execution.setProcessBusinessKey(mesh.id().value());
        RemovalVariable.write(execution, removal.removal());
        execution.setVariable(Names.REASON, removal.asked().reason());
        execution.setVariable(Names.REQUESTER, requester());
        record.requested(execution, mesh, requester(), removal.asked().reason());
        urgent.mark(execution, removal.asked().urgent());
    }

    /** Only for people to read: who may approve is decided by the engine's own record of who started this. */
    private String requester() {
        return Optional.ofNullable(identity.getCurrentAuthentication())
                .map(authentication -> authentication.getUserId())
                .orElse("");
    }
}

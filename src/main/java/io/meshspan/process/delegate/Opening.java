package io.meshspan.process.delegate;

import io.meshspan.mesh.Mesh;
import io.meshspan.process.engine.identity.UrgentChanges;
import io.meshspan.process.model.ChangeRecord;
import io.meshspan.process.model.MeshVariable;
import io.meshspan.process.model.Names;
import io.meshspan.process.model.SubmittedMesh;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** What every change begins with: its mesh, who asks for it and why, on record. */
@Component
final class Opening {

    private final IdentityService identity;
    private final ChangeRecord record;
    private final UrgentChanges urgent;

    Opening(@Lazy IdentityService identity, ChangeRecord record, UrgentChanges urgent) {
        this.identity = identity;
        this.record = record;
        this.urgent = urgent;
    }

    void of(DelegateExecution execution, Mesh mesh, SubmittedMesh asked) {
        MeshVariable.write(execution, mesh);
        execution.setProcessBusinessKey(mesh.id().value());
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

package io.meshspan.process.delegate;

import io.meshspan.finding.StepFailed;
import io.meshspan.inventory.Inventory;
import io.meshspan.inventory.KnownCluster;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshRequest;
import io.meshspan.mesh.Topology;
import io.meshspan.process.engine.identity.UrgentChanges;
import io.meshspan.process.model.MeshVariable;
import io.meshspan.process.model.Names;
import io.meshspan.process.model.Submitted;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Turns what was submitted into a mesh, or refuses the start: a BPMN error would leave an ended process behind. */
@Component
final class CheckInputsDelegate implements JavaDelegate {

    /** Nothing else may be submitted: a variable such as approved would look like a step's result later on. */
    private static final Set<String> INPUTS = Set.of(
            "topology",
            "initiator",
            Names.MESH_ID,
            Names.ISTIO_VERSION,
            Names.CLUSTERS,
            Names.PRIMARY,
            Names.HUB,
            Names.TAG,
            Names.KEEP_SAMPLE,
            Names.URGENT,
            Names.REASON);

    private final Inventory inventory;
    private final IdentityService identity;
    private final UrgentChanges urgent;

    CheckInputsDelegate(Inventory inventory, @Lazy IdentityService identity, UrgentChanges urgent) {
        this.inventory = inventory;
        this.identity = identity;
        this.urgent = urgent;
    }

    @Override
    public void execute(DelegateExecution execution) {
        try {
            check(execution, new Submitted(execution));
        } catch (StepFailed e) {
            throw new BadUserRequestException(e.getMessage());
        }
    }

    private void check(DelegateExecution execution, Submitted submitted) {
        Mesh mesh = new MeshRequest(
                        Topology.valueOf(submitted.text("topology")),
                        submitted.text(Names.MESH_ID),
                        submitted.text(Names.ISTIO_VERSION),
                        submitted.text(Names.HUB),
                        submitted.text(Names.TAG),
                        submitted.list(Names.CLUSTERS),
                        submitted.text(Names.PRIMARY),
                        inventory.clusters().stream()
                                .collect(Collectors.toMap(KnownCluster::name, KnownCluster::network)),
                        submitted.unknown(INPUTS))
                .toMesh();
        MeshVariable.write(execution, mesh);
        execution.setProcessBusinessKey(mesh.id().value());
        execution.setVariable(Names.KEEP_SAMPLE, submitted.flag(Names.KEEP_SAMPLE));
        execution.setVariable(Names.REASON, submitted.text(Names.REASON));
        execution.setVariable(Names.REQUESTER, requester());
        urgent.mark(execution, submitted.flag(Names.URGENT));
    }

    /** Only for people to read: who may approve is decided by the engine's own record of who started this. */
    private String requester() {
        return Optional.ofNullable(identity.getCurrentAuthentication())
                .map(authentication -> authentication.getUserId())
                .orElse("");
    }
}

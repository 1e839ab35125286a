package io.meshspan.process.delegate;

import io.meshspan.change.ChangeKind;
import io.meshspan.change.Removal;
import io.meshspan.engine.EngineContext;
import io.meshspan.engine.identity.ExternalPeople;
import io.meshspan.engine.model.MeshVariable;
import io.meshspan.engine.model.PlannedProcess;
import io.meshspan.engine.model.RemovalVariable;
import io.meshspan.engine.model.SubmittedMesh;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.inventory.Inventory;
import io.meshspan.mesh.InputRules;
import io.meshspan.mesh.IstioClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Topology;
import io.meshspan.plan.ChangeRequest;
import io.meshspan.plan.ChangeRequest.Options;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.process.change.UrgentChanges;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The start of every change: records its mesh, its requester and its reason. */
@Component
final class ChangeOpening {

    private final IdentityService identity;
    private final ExternalPeople people;
    private final ChangeRecord record;
    private final UrgentChanges urgent;
    private final Inventory inventory;

    ChangeOpening(
            @Lazy IdentityService identity,
            @Lazy ExternalPeople people,
            ChangeRecord record,
            UrgentChanges urgent,
            Inventory inventory) {
        this.people = people;
        this.inventory = inventory;
        this.identity = identity;
        this.record = record;
        this.urgent = urgent;
    }

    /** Reads the topology of the diagram. A submitted variable of that name belongs to the instance, not to the task. */
    static Topology topology(DelegateExecution execution) {
        return Topology.valueOf(String.valueOf(execution.getVariableLocal(VariableNames.TOPOLOGY)));
    }

    void of(DelegateExecution execution, ChangeKind kind, Mesh asWanted, SubmittedMesh asked) {
        Mesh mesh = IstioClusterName.giveTo(asWanted, inventory.istioNames());
        kind.removes().ifPresent(removal -> RemovalVariable.write(execution, removal));
        checkBusinessKey(execution.getProcessBusinessKey(), mesh.id().value());
        ProcessDefinition process = PlannedProcess.asked(execution);
        MeshVariable.write(execution, mesh);
        execution.setProcessBusinessKey(mesh.id().value());
        execution.setVariable(VariableNames.REASON, asked.reason());
        execution.setVariable(VariableNames.REQUESTER, requester());
        record.requested(
                execution,
                new ChangeRequest(
                        process.getKey(),
                        Objects.requireNonNullElse(process.getName(), process.getKey()),
                        kind,
                        mesh,
                        kind.leaving(),
                        options(kind, asked),
                        asked.file(),
                        requester().isEmpty() ? null : requester(),
                        requesterName(),
                        asked.reason(),
                        EngineContext.now().toString(),
                        null));
        urgent.mark(execution, asked.urgent());
    }

    private static Options options(ChangeKind kind, SubmittedMesh asked) {
        return new Options(
                asked.keepSample() && kind.removes().isEmpty(),
                asked.urgent(),
                kind.removes().map(Removal::crds).orElse(false),
                kind.removes().map(Removal::evenIfInjected).orElse(false));
    }

    /**
     * In Tasklist and the engine's REST interface, the person who starts a change can set its key. It must be the mesh id.
     */
    private static void checkBusinessKey(@Nullable String said, String meshId) {
        if (said != null && !said.isBlank() && !said.equals(meshId)) {
            throw new StepFailed(
                    FailureCode.INPUT_REJECTED,
                    Finding.blocking(
                            "request",
                            "businessKey",
                            "the mesh's id %s, or nothing".formatted(meshId),
                            InputRules.quoted(said),
                            "Leave it out."));
        }
    }

    private @Nullable String requesterName() {
        String name = people.nameOf(requester());
        return name.equals(requester()) ? null : name;
    }

    /** Only for people to read: who may approve is decided by the engine's own record of who started this. */
    private String requester() {
        return Optional.ofNullable(identity.getCurrentAuthentication())
                .map(authentication -> authentication.getUserId())
                .orElse("");
    }
}

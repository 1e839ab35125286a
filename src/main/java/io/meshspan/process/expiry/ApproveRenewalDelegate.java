package io.meshspan.process.expiry;

import io.meshspan.audit.Changes;
import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.engine.EngineContext;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.JsonVariable;
import io.meshspan.engine.model.MeshVariable;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.evidence.RecordedRequest;
import io.meshspan.expiry.TokenRenewalProperties;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.ChangeRequest;
import io.meshspan.plan.PlanRecords;
import io.meshspan.process.change.ChangeRecord;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Approve by declaration. People approved the change that declared the mesh with bound tokens; that is a standing approval of their
 * renewal, and of nothing else. It applies only to what the schedule itself has started: its request has no requester, and
 * nobody else can record that.
 */
@Component
final class ApproveRenewalDelegate implements JavaDelegate {

    private static final String APPROVER = "declared mesh";

    private final Changes changes;
    private final DeclaredMeshes meshes;
    private final TokenRenewalProperties properties;
    private final PlanRecords plans;
    private final ChangeRecord record;

    ApproveRenewalDelegate(
            Changes changes,
            DeclaredMeshes meshes,
            TokenRenewalProperties properties,
            PlanRecords plans,
            ChangeRecord record) {
        this.changes = changes;
        this.meshes = meshes;
        this.properties = properties;
        this.plans = plans;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Mesh mesh = MeshVariable.read(execution);
        boolean scheduled = RecordedRequest.first(changes, ChangeId.of(execution))
                .filter(ApproveRenewalDelegate::isOfTheSchedule)
                .isPresent();
        if (!scheduled || !properties.unattended()) {
            throw refused(
                    "request",
                    scheduled ? "meshspan.token-renewal.unattended: true" : "a start by the schedule",
                    scheduled ? "false" : "a start by somebody else");
        }
        DeclaredMesh declared = declaration(mesh)
                .orElseThrow(() -> refused(
                        "mesh " + mesh.id(),
                        "a declared mesh with bound tokens, valid for "
                                + mesh.boundTokens().map(Object::toString).orElse("a while"),
                        "another declaration, or none"));
        plans.decide(execution.getProcessInstanceId(), APPROVER, true);
        execution.setVariable(
                VariableNames.APPROVAL,
                JsonVariable.of(Map.of(
                        "approved",
                        true,
                        "by",
                        APPROVER,
                        "at",
                        EngineContext.now().toString())));
        record.noted(
                execution,
                "standing approval",
                "APPROVED",
                "Version %d of the declared mesh%s says that its tokens are bound and valid for %s. This approves their renewal, and nothing else."
                        .formatted(
                                declared.version(),
                                declared.change() == null ? "" : ", of change " + declared.change() + ",",
                                declared.mesh()
                                        .boundTokens()
                                        .map(Object::toString)
                                        .orElse("")));
    }

    private Optional<DeclaredMesh> declaration(Mesh mesh) {
        return meshes.find(mesh.id().value())
                .filter(DeclaredMesh::isThere)
                .filter(declared -> declared.mesh().boundTokens().isPresent()
                        && declared.mesh().boundTokens().equals(mesh.boundTokens())
                        && declared.mesh().clusters().equals(mesh.clusters()));
    }

    private static boolean isOfTheSchedule(ChangeRequest asked) {
        return asked.process().equals(TokenRenewal.PROCESS) && asked.requester() == null;
    }

    private static StepFailed refused(String where, String expected, String found) {
        return new StepFailed(
                FailureCode.INVALID,
                Finding.blocking(
                        where,
                        TokenRenewal.PROCESS,
                        expected,
                        found,
                        "Stop it, and start rotate-remote-tokens instead."));
    }
}

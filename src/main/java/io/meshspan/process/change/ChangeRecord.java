package io.meshspan.process.change;

import io.meshspan.audit.AuditLog;
import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.ChangeRequested;
import io.meshspan.audit.RecordJson;
import io.meshspan.audit.RecordKind;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.evidence.RecordedRequest;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.ChangeRequest;
import io.meshspan.plan.CrashRecoveryAudit;
import io.meshspan.plan.PresentedPlan;
import io.meshspan.trust.InstalledCa;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Records what a step did, in the step's own transaction. */
@Component
public final class ChangeRecord {

    private static final String CUT_OFF =
            "It matches the approved plan, but no record says who wrote it: an interrupted attempt of this "
                    + "step, or somebody else since the plan.";

    private static final String STAYS =
            "The plan deletes it, but it stays: it now belongs to others, or others may need it.";

    private final AuditLog audit;
    private final CrashRecoveryAudit cutOff;

    ChangeRecord(AuditLog audit, CrashRecoveryAudit cutOff) {
        this.audit = audit;
        this.cutOff = cutOff;
    }

    /** The first record of a change: its requester, its content and its reason. */
    public void requested(DelegateExecution execution, ChangeRequest request) {
        Mesh mesh = request.mesh();
        ProcessDefinition process = ChangeId.definition(execution);
        audit.open(new ChangeRequested(
                ChangeId.of(execution),
                mesh.id().value(),
                process.getKey(),
                execution.getCurrentActivityName(),
                request.requester(),
                request.reason(),
                mesh.clusters().stream().map(ClusterName::value).toList(),
                RecordJson.write(Map.of("mesh", mesh, "definition", process.getId(), RecordedRequest.FIELD, request))));
    }

    public void planned(
            DelegateExecution execution,
            PresentedPlan plan,
            Map<String, Long> counts,
            Optional<ChangeRequest> request) {
        Map<String, Object> data =
                new LinkedHashMap<>(Map.of("digest", plan.digest(), "summary", plan.summary(), "text", plan.text()));
        data.put("counts", counts);
        request.ifPresent(asked -> data.put(RecordedRequest.FIELD, asked.withFile(null)));
        write(execution, RecordKind.PLANNED, "plan " + plan.digest(), "COMPUTED", plan.summary(), data);
    }

    /** Records what an installing step wrote. */
    public void applied(DelegateExecution execution, List<AppliedObject> objects) {
        write(execution, objects, Set.of(ApplyOutcome.CREATED, ApplyOutcome.PATCHED));
    }

    /** Records what a step deleted or restored. */
    public void removed(DelegateExecution execution, List<AppliedObject> objects) {
        write(execution, objects, Set.of(ApplyOutcome.DELETED));
    }

    private void write(DelegateExecution execution, List<AppliedObject> objects, Set<ApplyOutcome> possible) {
        Map<AppliedObject, ApplyOutcome> before = cutOff.among(ChangeId.of(execution), objects, possible);
        audit.write(objects.stream()
                .map(appliedObject -> Optional.ofNullable(before.get(appliedObject))
                        .map(outcome -> object(execution, appliedObject, "ALREADY_" + outcome, CUT_OFF))
                        .orElseGet(() -> object(
                                execution,
                                appliedObject,
                                appliedObject.outcome().name(),
                                appliedObject.outcome() == ApplyOutcome.KEPT ? STAYS : null)))
                .toList());
    }

    private static AuditRecord object(
            DelegateExecution execution, AppliedObject appliedObject, String result, @Nullable String detail) {
        return new AuditRecord(
                RecordKind.OBJECT,
                ChangeId.of(execution),
                execution.getProcessBusinessKey(),
                execution.getCurrentActivityName(),
                null,
                appliedObject.cluster().value(),
                appliedObject.object().toString(),
                result,
                detail,
                null);
    }

    public void certificates(DelegateExecution execution, List<InstalledCa> certificates) {
        certificates.forEach(c -> audit.write(new AuditRecord(
                RecordKind.CERTIFICATE,
                ChangeId.of(execution),
                execution.getProcessBusinessKey(),
                execution.getCurrentActivityName(),
                null,
                c.cluster().value(),
                c.subject(),
                "IN_PLACE",
                "SHA-256 %s, valid until %s, under root %s, valid until %s"
                        .formatted(c.fingerprint(), c.validUntil(), c.rootFingerprint(), c.rootValidUntil()),
                RecordJson.write(Map.of(
                        "fingerprint", c.fingerprint(),
                        "validFrom", c.validFrom().toString(),
                        "validUntil", c.validUntil().toString(),
                        "rootFingerprint", c.rootFingerprint(),
                        "rootValidUntil", c.rootValidUntil().toString())))));
    }

    /** @param figures the measurements, as JSON that Jackson writes */
    public void measured(DelegateExecution execution, String what, boolean verified, String text, Object figures) {
        write(execution, RecordKind.MEASURED, what, verified ? "VERIFIED" : "NOT_VERIFIED", text, figures);
    }

    /** Records a finding or a decision; no object was written. */
    public void noted(DelegateExecution execution, String what, String result, String detail) {
        write(execution, RecordKind.NOTE, what, result, detail, null);
    }

    /** For work outside of the engine, which starts again. */
    public void attemptFailed(DelegateExecution execution, String what, String detail) {
        write(execution, RecordKind.FAILED, what, "ATTEMPT_FAILED", detail, null);
    }

    /** Like {@link #noted}, with the findings item by item, for a step that has not started. */
    public void listed(
            DelegateExecution execution, String step, String what, String result, String detail, Object items) {
        write(execution, RecordKind.NOTE, step, what, result, detail, items);
    }

    private void write(
            DelegateExecution execution,
            RecordKind recordKind,
            String what,
            String result,
            String detail,
            @Nullable Object data) {
        write(execution, recordKind, execution.getCurrentActivityName(), what, result, detail, data);
    }

    private void write(
            DelegateExecution execution,
            RecordKind recordKind,
            String step,
            String what,
            String result,
            String detail,
            @Nullable Object data) {
        audit.write(new AuditRecord(
                recordKind,
                ChangeId.of(execution),
                execution.getProcessBusinessKey(),
                step,
                null,
                (String) execution.getVariable(VariableNames.CLUSTER),
                what,
                result,
                detail,
                data == null ? null : RecordJson.write(data)));
    }

    /** Records which change holds a cluster. */
    public void held(DelegateExecution execution, ClusterName cluster, String result, String other) {
        audit.write(new AuditRecord(
                ChangeId.of(execution),
                execution.getProcessBusinessKey(),
                Objects.requireNonNullElse(execution.getCurrentActivityName(), "End of change"),
                null,
                cluster.value(),
                "Lease",
                result,
                other));
    }
}

package io.meshspan.process.verification;

import io.meshspan.engine.EngineContext;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.MeshVariable;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.verification.MeshVerification;
import io.meshspan.verification.VerificationHistory;
import io.meshspan.verification.VerificationRun;
import io.meshspan.verification.VerificationRun.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Conclude verification: the sample goes, and the result is kept, if the verification did not come to that. */
@Component
final class ConcludeVerificationDelegate implements JavaDelegate {

    private static final String FAILURE_CODE = "failureCode";
    private static final String BUSY = "CLUSTERS_BUSY";

    private final MeshVerification verification;
    private final VerificationHistory history;
    private final VerificationResults results;
    private final ChangeRecord record;

    ConcludeVerificationDelegate(
            MeshVerification verification,
            VerificationHistory history,
            VerificationResults results,
            ChangeRecord record) {
        this.verification = verification;
        this.history = history;
        this.results = results;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Mesh mesh = MeshVariable.read(execution);
        boolean skipped = BUSY.equals(execution.getVariable(FAILURE_CODE));
        execution.setVariable(VariableNames.SKIPPED, skipped);
        String reason = reason(execution, skipped);
        if (!skipped) {
            removeSample(execution, mesh);
        }
        if (!history.reported(ChangeId.of(execution))) {
            results.keep(VerificationRun.without(
                    mesh.id().value(),
                    EngineContext.now(),
                    skipped ? Result.SKIPPED : Result.FAILED,
                    VerificationHistory.SCHEDULE,
                    ChangeId.of(execution),
                    reason));
        }
        record.noted(execution, "verification", skipped ? "SKIPPED" : "FAILED", reason);
    }

    private static String reason(DelegateExecution execution, boolean skipped) {
        String told = Objects.toString(execution.getVariable(VariableNames.FAILURE_TEXT), "");
        if (execution.getVariable(FAILURE_CODE) == null) {
            return "It took longer than meshspan.verify.within, %s. See in the record of this change which step failed."
                    .formatted(execution.getVariable(VariableNames.VERIFY_WITHIN));
        }
        return skipped ? "Another change holds its clusters: " + told : told;
    }

    /** Cluster by cluster: one that does not answer keeps its sample until the next verification removes it. */
    private void removeSample(DelegateExecution execution, Mesh mesh) {
        List<AppliedObject> removed = new ArrayList<>();
        List<ClusterName> silent = new ArrayList<>();
        for (ClusterName cluster : mesh.clusters()) {
            try {
                removed.addAll(verification.removeSample(mesh.among(List.of(cluster))));
            } catch (StepFailed | TransientException e) {
                silent.add(cluster);
            }
        }
        record.removed(execution, removed);
        if (!silent.isEmpty()) {
            record.noted(
                    execution,
                    "namespace " + verification.sampleNamespace(),
                    "NOT_REMOVED",
                    "It may still be in %s. The next verification removes it."
                            .formatted(silent.stream().map(ClusterName::value).collect(Collectors.joining(", "))));
        }
    }
}

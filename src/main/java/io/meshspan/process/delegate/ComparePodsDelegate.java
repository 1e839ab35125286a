package io.meshspan.process.delegate;

import io.meshspan.adoption.PodsBefore;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Compare pods. */
@Component
final class ComparePodsDelegate implements JavaDelegate {

    private final PodsBefore pods;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    ComparePodsDelegate(PodsBefore pods, ApprovedMesh approved, ChangeRecord record) {
        this.pods = pods;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        PodsBefore.Comparison compared = pods.compare(ChangeId.of(execution), approved.read(execution));
        if (!compared.restarted().isEmpty()) {
            throw new StepFailed(
                    FailureCode.INVALID,
                    compared.restarted().stream()
                            .map(
                                    deployment -> Finding.blocking(
                                            "pods",
                                            deployment,
                                            "the specification that it had before the adoption",
                                            "another one",
                                            "Find out who changed it. Meshspan did not write it. Then try again, or roll back."))
                            .toList());
        }
        record.noted(
                execution,
                "pods after the adoption",
                compared.other().isEmpty() ? "AS_BEFORE" : "NOT_RESTARTED",
                compared.inWords());
    }
}

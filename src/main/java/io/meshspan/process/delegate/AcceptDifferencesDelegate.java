package io.meshspan.process.delegate;

import io.meshspan.engine.model.ChangeId;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.process.drift.AdoptedDifferences;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Accept differences. */
@Component
final class AcceptDifferencesDelegate implements JavaDelegate {

    private final AdoptedDifferences differences;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    AcceptDifferencesDelegate(AdoptedDifferences differences, ApprovedMesh approved, ChangeRecord record) {
        this.differences = differences;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        AdoptedDifferences.Accepted accepted = differences.accept(ChangeId.of(execution), approved.read(execution));
        record.noted(
                execution,
                "differences of the adopted mesh",
                accepted.others().isEmpty() ? "ACCEPTED" : "OPEN",
                accepted.inWords());
    }
}

package io.meshspan.process.delegate;

import io.meshspan.adoption.PodsBefore;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Record pods. */
@Component
final class RecordPodsDelegate implements JavaDelegate {

    private final PodsBefore pods;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    RecordPodsDelegate(PodsBefore pods, ApprovedMesh approved, ChangeRecord record) {
        this.pods = pods;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        pods.first(ChangeId.of(execution), approved.read(execution))
                .ifPresent(seen -> record.listed(
                        execution,
                        Objects.requireNonNullElse(execution.getCurrentActivityName(), "Record pods"),
                        PodsBefore.SUBJECT,
                        "RECORDED",
                        "%d pods of istiod and the gateways, each with its UID"
                                .formatted(seen.values().stream()
                                        .mapToInt(cluster -> cluster.pods().size())
                                        .sum()),
                        seen));
    }
}

package io.meshspan.process.delegate;

import io.meshspan.engine.model.ChangeId;
import io.meshspan.mesh.Mesh;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.rotation.EndpointsBefore;
import io.meshspan.rotation.TokenRotation;
import io.meshspan.verification.EndpointReport;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Record rotation. */
@Component
final class RecordRotationDelegate implements JavaDelegate {

    private final TokenRotation tokens;
    private final EndpointsBefore endpoints;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    RecordRotationDelegate(
            TokenRotation tokens, EndpointsBefore endpoints, ApprovedMesh approved, ChangeRecord record) {
        this.tokens = tokens;
        this.endpoints = endpoints;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String change = ChangeId.of(execution);
        Mesh mesh = approved.read(execution);
        tokens.accepted(change, mesh)
                .forEach((cluster, accepted) -> record.noted(
                        execution,
                        "old token of " + cluster,
                        accepted ? "ACCEPTED" : "REFUSED",
                        accepted
                                ? "The API server still accepts it"
                                : "The API server does not know it any more: a call with it gets HTTP 401"));
        tokens.outliving(change, mesh)
                .forEach((cluster, words) -> record.noted(
                        execution,
                        "old credential of " + cluster,
                        "NOT_ENDED",
                        "Others made it: %s. No remote secret has it any more; the API server accepts it until its end"
                                .formatted(words)));
        endpoints.recorded(change).ifPresent(before -> {
            EndpointReport now = endpoints.now(mesh);
            record.noted(
                    execution,
                    "endpoints after the rotation",
                    before.missing(now).isEmpty() ? "AS_BEFORE" : "MISSING",
                    before.comparedWith(now));
        });
    }
}

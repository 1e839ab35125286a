package io.meshspan.process.delegate;

import io.meshspan.engine.model.ChangeId;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.Step;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.rotation.EndpointsBefore;
import io.meshspan.rotation.TokenRotation;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Create new tokens, once it is on record which endpoints istiods have. */
@Component
final class CreateReaderTokensDelegate implements JavaDelegate {

    private final TokenRotation tokens;
    private final EndpointsBefore endpoints;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    CreateReaderTokensDelegate(
            TokenRotation tokens, EndpointsBefore endpoints, ApprovedMesh approved, ChangeRecord record) {
        this.tokens = tokens;
        this.endpoints = endpoints;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Mesh mesh = approved.forAll(execution, Set.of(Step.ENDPOINT_DISCOVERY));
        endpoints
                .first(ChangeId.of(execution), mesh)
                .ifPresent(report -> record.listed(
                        execution,
                        execution.getCurrentActivityName(),
                        EndpointsBefore.SUBJECT,
                        "MEASURED",
                        "of %d control planes".formatted(report.readers().size()),
                        report));
        record.applied(execution, tokens.createTokens(ChangeId.of(execution), mesh));
    }
}

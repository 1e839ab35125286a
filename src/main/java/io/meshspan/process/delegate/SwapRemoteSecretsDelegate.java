package io.meshspan.process.delegate;

import io.meshspan.engine.model.ChangeId;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.Step;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.remotesecret.RemoteTokens;
import io.meshspan.rotation.TokenRotation;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Swap remote secrets. */
@Component
final class SwapRemoteSecretsDelegate implements JavaDelegate {

    private final TokenRotation tokens;
    private final RemoteTokens remoteTokens;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    SwapRemoteSecretsDelegate(
            TokenRotation tokens, RemoteTokens remoteTokens, ApprovedMesh approved, ChangeRecord record) {
        this.remoteTokens = remoteTokens;
        this.tokens = tokens;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Mesh mesh = approved.forAll(execution, Set.of(Step.ENDPOINT_DISCOVERY, Step.CONTROL_PLANE));
        String change = ChangeId.of(execution);
        record.applied(execution, tokens.swap(change, mesh));
        remoteTokens
                .validity(mesh, tokens.rotated(change, mesh).keySet())
                .forEach((cluster, words) -> record.noted(execution, "bound token of " + cluster, "ISSUED", words));
    }
}

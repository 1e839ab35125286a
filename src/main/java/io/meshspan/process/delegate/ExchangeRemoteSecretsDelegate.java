package io.meshspan.process.delegate;

import io.meshspan.mesh.Mesh;
import io.meshspan.plan.Step;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.remotesecret.RemoteSecrets;
import io.meshspan.remotesecret.RemoteTokens;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Exchange remote secrets. */
@Component
final class ExchangeRemoteSecretsDelegate implements JavaDelegate {

    private final RemoteSecrets remoteSecrets;
    private final RemoteTokens remoteTokens;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    ExchangeRemoteSecretsDelegate(
            RemoteSecrets remoteSecrets, RemoteTokens remoteTokens, ApprovedMesh approved, ChangeRecord record) {
        this.remoteTokens = remoteTokens;
        this.remoteSecrets = remoteSecrets;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Mesh mesh = approved.forAll(execution, Set.of(Step.ENDPOINT_DISCOVERY));
        record.applied(execution, remoteSecrets.exchange(mesh));
        remoteTokens
                .validity(mesh, mesh.clusters())
                .forEach((cluster, words) -> record.noted(execution, "bound token of " + cluster, "VALID", words));
    }
}

package io.meshspan.process.delegate;

import io.meshspan.engine.model.CalledCluster;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.removal.RemoteSecretRevocation;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Revoke remote secrets. */
@Component
final class RevokeRemoteSecretsDelegate implements JavaDelegate {

    private final RemoteSecretRevocation access;
    private final ChangeRecord record;

    RevokeRemoteSecretsDelegate(RemoteSecretRevocation access, ChangeRecord record) {
        this.access = access;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        record.removed(execution, access.from(ChangeId.of(execution), CalledCluster.cluster(execution)));
    }
}

package io.meshspan.process.delegate;

import io.meshspan.process.model.ChangeRecord;
import io.meshspan.process.model.MeshVariable;
import io.meshspan.remotesecret.RemoteSecrets;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Exchange remote secrets. */
@Component
final class ExchangeRemoteSecretsDelegate implements JavaDelegate {

    private final RemoteSecrets remoteSecrets;
    private final ChangeRecord record;

    ExchangeRemoteSecretsDelegate(RemoteSecrets remoteSecrets, ChangeRecord record) {
        this.remoteSecrets = remoteSecrets;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        record.applied(execution, remoteSecrets.exchange(MeshVariable.read(execution)));
    }
}

package io.meshspan.process.delegate;

import io.meshspan.controlplane.RemoteInstaller;
import io.meshspan.process.model.CalledFor;
import io.meshspan.process.model.ChangeRecord;
import io.meshspan.process.model.MeshVariable;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Install remote. */
@Component
final class InstallRemoteDelegate implements JavaDelegate {

    private final RemoteInstaller installer;
    private final ChangeRecord record;

    InstallRemoteDelegate(RemoteInstaller installer, ChangeRecord record) {
        this.installer = installer;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        record.applied(execution, installer.install(MeshVariable.read(execution), CalledFor.cluster(execution)));
    }
}

package io.meshspan.process.delegate;

import io.meshspan.controlplane.ControlPlaneInstaller;
import io.meshspan.process.model.CalledFor;
import io.meshspan.process.model.ChangeRecord;
import io.meshspan.process.model.MeshVariable;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Install control plane. */
@Component
final class InstallControlPlaneDelegate implements JavaDelegate {

    private final ControlPlaneInstaller installer;
    private final ChangeRecord record;

    InstallControlPlaneDelegate(ControlPlaneInstaller installer, ChangeRecord record) {
        this.installer = installer;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        record.applied(execution, installer.install(MeshVariable.read(execution), CalledFor.cluster(execution)));
    }
}

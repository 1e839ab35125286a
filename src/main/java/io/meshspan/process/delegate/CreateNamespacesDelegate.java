package io.meshspan.process.delegate;

import io.meshspan.controlplane.IstioNamespaces;
import io.meshspan.process.model.ChangeRecord;
import io.meshspan.process.model.MeshVariable;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Create istio-system and label its network. */
@Component
final class CreateNamespacesDelegate implements JavaDelegate {

    private final IstioNamespaces namespaces;
    private final ChangeRecord record;

    CreateNamespacesDelegate(IstioNamespaces namespaces, ChangeRecord record) {
        this.namespaces = namespaces;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        record.applied(execution, namespaces.create(MeshVariable.read(execution)));
    }
}

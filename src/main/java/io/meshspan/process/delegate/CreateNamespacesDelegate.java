package io.meshspan.process.delegate;

import io.meshspan.controlplane.IstioNamespaces;
import io.meshspan.plan.Step;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import java.util.EnumSet;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Creates istio-system and labels its network. It is the first step that writes, so it takes every step of the plan. */
@Component
final class CreateNamespacesDelegate implements JavaDelegate {

    private final IstioNamespaces namespaces;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    CreateNamespacesDelegate(IstioNamespaces namespaces, ApprovedMesh approved, ChangeRecord record) {
        this.namespaces = namespaces;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        record.applied(execution, namespaces.create(approved.forAll(execution, EnumSet.allOf(Step.class))));
    }
}

package io.meshspan.process.delegate;

import io.meshspan.change.ChangeKind;
import io.meshspan.engine.model.DeclaredStart;
import io.meshspan.engine.model.PlannedProcess;
import io.meshspan.engine.model.RequestRefused;
import io.meshspan.engine.model.Submitted;
import io.meshspan.engine.model.SubmittedMesh;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.inventory.Inventory;
import io.meshspan.mesh.AcceptedReleases;
import io.meshspan.mesh.Topology;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Turns the submitted values into a mesh, or refuses the start. */
@Component
final class CheckInputsDelegate implements JavaDelegate {

    private final Inventory inventory;
    private final DeclaredStart declared;
    private final AcceptedReleases releases;
    private final ChangeOpening changeOpening;

    CheckInputsDelegate(
            Inventory inventory, DeclaredStart declared, AcceptedReleases releases, ChangeOpening changeOpening) {
        this.inventory = inventory;
        this.declared = declared;
        this.releases = releases;
        this.changeOpening = changeOpening;
    }

    @Override
    public void execute(DelegateExecution execution) {
        RequestRefused.ifAnythingIsFound(() -> check(execution, Submitted.with(execution)));
    }

    private void check(DelegateExecution execution, Submitted submitted) {
        ChangeKind kind = ChangeKind.startedBy(PlannedProcess.asked(execution).getKey());
        Topology topology = ChangeOpening.topology(execution);
        SubmittedMesh asked = kind instanceof ChangeKind.Verify
                ? SubmittedMesh.readDeclared(submitted, topology, inventory.networks(), declared)
                : SubmittedMesh.read(submitted, topology, inventory.networks());
        changeOpening.of(execution, kind, asked.request().toMesh(releases), asked);
        execution.setVariable(VariableNames.KEEP_SAMPLE, asked.keepSample());
    }
}

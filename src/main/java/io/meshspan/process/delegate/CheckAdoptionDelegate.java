package io.meshspan.process.delegate;

import io.meshspan.change.ChangeKind;
import io.meshspan.declared.AdoptableMesh;
import io.meshspan.engine.model.RequestRefused;
import io.meshspan.engine.model.Submitted;
import io.meshspan.engine.model.SubmittedAdoption;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.inventory.Inventory;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Reads the mesh that others installed in the submitted clusters, or refuses the start. */
@Component
final class CheckAdoptionDelegate implements JavaDelegate {

    private final Inventory inventory;
    private final AdoptableMesh adoptable;
    private final ChangeOpening changeOpening;

    CheckAdoptionDelegate(Inventory inventory, AdoptableMesh adoptable, ChangeOpening changeOpening) {
        this.inventory = inventory;
        this.adoptable = adoptable;
        this.changeOpening = changeOpening;
    }

    @Override
    public void execute(DelegateExecution execution) {
        RequestRefused.ifAnythingIsFound(() -> check(execution));
    }

    private void check(DelegateExecution execution) {
        SubmittedAdoption asked = SubmittedAdoption.read(Submitted.with(execution), inventory.networks(), adoptable);
        changeOpening.of(execution, new ChangeKind.Adopt(), asked.mesh(), asked.asked());
        execution.setVariable(VariableNames.KEEP_SAMPLE, asked.asked().keepSample());
    }
}

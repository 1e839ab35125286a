package io.meshspan.process.delegate;

import io.meshspan.inventory.Inventory;
import io.meshspan.process.model.RequestRefused;
import io.meshspan.process.model.Submitted;
import io.meshspan.process.model.SubmittedMesh;
import io.meshspan.process.model.VariableNames;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Turns what was submitted into a mesh, or refuses the start. */
@Component
final class CheckInputsDelegate implements JavaDelegate {

    private final Inventory inventory;
    private final ChangeOpening changeOpening;

    CheckInputsDelegate(Inventory inventory, ChangeOpening changeOpening) {
        this.inventory = inventory;
        this.changeOpening = changeOpening;
    }

    @Override
    public void execute(DelegateExecution execution) {
        RequestRefused.ifAnythingIsFound(() -> check(execution, Submitted.with(execution)));
    }

    private void check(DelegateExecution execution, Submitted submitted) {
        SubmittedMesh asked = SubmittedMesh.read(submitted, ChangeOpening.topology(execution), inventory.networks());
        changeOpening.of(execution, asked.request().toMesh(), asked);
        execution.setVariable(VariableNames.KEEP_SAMPLE, asked.keepSample());
    }
}

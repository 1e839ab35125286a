package io.meshspan.process.delegate;

import io.meshspan.inventory.Inventory;
import io.meshspan.process.model.RequestRefused;
import io.meshspan.process.model.Submitted;
import io.meshspan.process.model.SubmittedRemoval;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Turns what was submitted into the mesh that is to be removed, or refuses the start. */
@Component
final class CheckRemovalDelegate implements JavaDelegate {

    private final Inventory inventory;
    private final Opening opening;

    CheckRemovalDelegate(Inventory inventory, Opening opening) {
        this.inventory = inventory;
        this.opening = opening;
    }

    @Override
    public void execute(DelegateExecution execution) {
        RequestRefused.ifAnythingIsFound(() ->
                opening.of(execution, SubmittedRemoval.readWholeMesh(new Submitted(execution), inventory.networks())));
    }
}

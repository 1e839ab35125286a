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
    private final ChangeOpening changeOpening;

    CheckRemovalDelegate(Inventory inventory, ChangeOpening changeOpening) {
        this.inventory = inventory;
        this.changeOpening = changeOpening;
    }

    @Override
    public void execute(DelegateExecution execution) {
        RequestRefused.ifAnythingIsFound(() -> changeOpening.of(
                execution,
                SubmittedRemoval.readWholeMesh(
                        Submitted.with(execution), ChangeOpening.topology(execution), inventory.networks())));
    }
}

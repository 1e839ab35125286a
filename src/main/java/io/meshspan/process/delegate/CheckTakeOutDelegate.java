package io.meshspan.process.delegate;

import io.meshspan.inventory.Inventory;
import io.meshspan.process.model.RequestRefused;
import io.meshspan.process.model.Submitted;
import io.meshspan.process.model.SubmittedRemoval;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Turns what was submitted into a mesh and the clusters that leave it, or refuses the start. */
@Component
final class CheckTakeOutDelegate implements JavaDelegate {

    private final Inventory inventory;
    private final ChangeOpening changeOpening;

    CheckTakeOutDelegate(Inventory inventory, ChangeOpening changeOpening) {
        this.inventory = inventory;
        this.changeOpening = changeOpening;
    }

    @Override
    public void execute(DelegateExecution execution) {
        RequestRefused.ifAnythingIsFound(() -> changeOpening.of(
                execution,
                SubmittedRemoval.readTakeOut(
                        Submitted.with(execution), ChangeOpening.topology(execution), inventory.networks())));
    }
}

package io.meshspan.process.delegate;

import io.meshspan.inventory.Inventory;
import io.meshspan.process.model.RemovalVariable;
import io.meshspan.process.model.RequestRefused;
import io.meshspan.process.model.Submitted;
import io.meshspan.process.model.SubmittedRemoval;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Turns what was submitted into a mesh and what of it shall go, or refuses the start. */
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
        RequestRefused.ifAnythingIsFound(() -> check(execution, Submitted.with(execution)));
    }

    private void check(DelegateExecution execution, Submitted submitted) {
        SubmittedRemoval removal = SubmittedRemoval.read(submitted, Opening.topology(execution), inventory.networks());
        RemovalVariable.write(execution, removal.removal());
        opening.of(execution, removal.mesh(), removal.asked());
    }
}

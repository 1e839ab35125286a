package io.meshspan.process.delegate;

import io.meshspan.engine.model.DeclaredStart;
import io.meshspan.engine.model.RequestRefused;
import io.meshspan.engine.model.Submitted;
import io.meshspan.engine.model.SubmittedRemoval;
import io.meshspan.inventory.Inventory;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Turns the submitted values into the mesh to remove, or refuses the start. */
@Component
final class CheckRemovalDelegate implements JavaDelegate {

    private final Inventory inventory;
    private final DeclaredStart declared;
    private final ChangeOpening changeOpening;

    CheckRemovalDelegate(Inventory inventory, DeclaredStart declared, ChangeOpening changeOpening) {
        this.inventory = inventory;
        this.declared = declared;
        this.changeOpening = changeOpening;
    }

    @Override
    public void execute(DelegateExecution execution) {
        RequestRefused.ifAnythingIsFound(() -> check(execution));
    }

    private void check(DelegateExecution execution) {
        SubmittedRemoval asked = SubmittedRemoval.readWholeMesh(
                Submitted.with(execution), ChangeOpening.topology(execution), inventory.networks(), declared);
        changeOpening.of(execution, asked.kind(), asked.mesh(), asked.asked());
    }
}

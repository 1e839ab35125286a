package io.meshspan.process.delegate;

import io.meshspan.engine.model.DeclaredStart;
import io.meshspan.engine.model.RequestRefused;
import io.meshspan.engine.model.Submitted;
import io.meshspan.engine.model.SubmittedAddition;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.inventory.Inventory;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Turns what was submitted into a declared mesh with the clusters that join it, or refuses the start. */
@Component
final class CheckAdditionDelegate implements JavaDelegate {

    private final Inventory inventory;
    private final DeclaredStart declared;
    private final ChangeOpening changeOpening;

    CheckAdditionDelegate(Inventory inventory, DeclaredStart declared, ChangeOpening changeOpening) {
        this.inventory = inventory;
        this.declared = declared;
        this.changeOpening = changeOpening;
    }

    @Override
    public void execute(DelegateExecution execution) {
        RequestRefused.ifAnythingIsFound(() -> check(execution));
    }

    private void check(DelegateExecution execution) {
        SubmittedAddition asked = SubmittedAddition.read(Submitted.with(execution), inventory.networks(), declared);
        changeOpening.of(execution, asked.kind(), asked.mesh(), asked.asked());
        execution.setVariable(VariableNames.KEEP_SAMPLE, asked.asked().keepSample());
    }
}

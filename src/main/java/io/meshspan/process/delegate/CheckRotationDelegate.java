package io.meshspan.process.delegate;

import io.meshspan.change.RotatedCredential;
import io.meshspan.engine.model.DeclaredStart;
import io.meshspan.engine.model.RequestRefused;
import io.meshspan.engine.model.Submitted;
import io.meshspan.engine.model.SubmittedRotation;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.inventory.Inventory;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Turns what was submitted into a declared mesh and the clusters whose credentials are replaced, or refuses the start. The task's
 * input parameter {@code credential} says which credentials.
 */
@Component
final class CheckRotationDelegate implements JavaDelegate {

    private final Inventory inventory;
    private final DeclaredStart declared;
    private final ChangeOpening changeOpening;

    CheckRotationDelegate(Inventory inventory, DeclaredStart declared, ChangeOpening changeOpening) {
        this.inventory = inventory;
        this.declared = declared;
        this.changeOpening = changeOpening;
    }

    @Override
    public void execute(DelegateExecution execution) {
        RequestRefused.ifAnythingIsFound(() -> check(execution));
    }

    private void check(DelegateExecution execution) {
        RotatedCredential credential =
                RotatedCredential.valueOf(String.valueOf(execution.getVariableLocal("credential")));
        SubmittedRotation asked =
                SubmittedRotation.read(Submitted.with(execution), credential, inventory.networks(), declared);
        changeOpening.of(execution, asked.kind(), asked.mesh(), asked.asked());
        execution.setVariable(VariableNames.KEEP_SAMPLE, asked.asked().keepSample());
    }
}

package io.meshspan.process.delegate;

import io.meshspan.engine.model.DeclaredStart;
import io.meshspan.engine.model.RequestRefused;
import io.meshspan.engine.model.Submitted;
import io.meshspan.engine.model.SubmittedUpgrade;
import io.meshspan.inventory.Inventory;
import io.meshspan.mesh.AcceptedReleases;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Turns what was submitted into a declared mesh in a newer version, or refuses the start. The task's input parameter
 * {@code inPlace} says whether the existing revision gets the version; otherwise a new revision next to it does.
 */
@Component
final class CheckUpgradeDelegate implements JavaDelegate {

    private final Inventory inventory;
    private final DeclaredStart declared;
    private final AcceptedReleases releases;
    private final ChangeOpening changeOpening;

    CheckUpgradeDelegate(
            Inventory inventory, DeclaredStart declared, AcceptedReleases releases, ChangeOpening changeOpening) {
        this.inventory = inventory;
        this.declared = declared;
        this.releases = releases;
        this.changeOpening = changeOpening;
    }

    @Override
    public void execute(DelegateExecution execution) {
        RequestRefused.ifAnythingIsFound(() -> check(execution));
    }

    private void check(DelegateExecution execution) {
        boolean inPlace = "true".equals(execution.getVariableLocal("inPlace"));
        SubmittedUpgrade asked =
                SubmittedUpgrade.read(Submitted.with(execution), inventory.networks(), declared, releases, inPlace);
        changeOpening.of(execution, asked.kind(), asked.mesh(), asked.asked());
    }
}

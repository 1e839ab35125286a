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

/** Turns what was submitted into a declared mesh in a newer version of the same revision, or refuses the start. */
@Component
final class CheckInPlaceUpgradeDelegate implements JavaDelegate {

    private final Inventory inventory;
    private final DeclaredStart declared;
    private final AcceptedReleases releases;
    private final ChangeOpening changeOpening;

    CheckInPlaceUpgradeDelegate(
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
        SubmittedUpgrade asked =
                SubmittedUpgrade.readInPlace(Submitted.with(execution), inventory.networks(), declared, releases);
        changeOpening.of(execution, asked.kind(), asked.mesh(), asked.asked());
    }
}

package io.meshspan.process.delegate;

import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.LongText;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.upgrade.ProxyFigures;
import io.meshspan.upgrade.ProxyFigures.Figures;
import io.meshspan.upgrade.UpgradeWaves;
import io.meshspan.upgrade.WaveShares;
import java.util.SortedMap;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Count proxies: what each revision serves, what is left to move, and what could move back. Changes nothing. */
@Component
final class CountProxiesDelegate implements JavaDelegate {

    private final ProxyFigures figures;
    private final UpgradeWaves waves;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    CountProxiesDelegate(ProxyFigures figures, UpgradeWaves waves, ApprovedMesh approved, ChangeRecord record) {
        this.figures = figures;
        this.waves = waves;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String change = ChangeId.of(execution);
        Mesh mesh = approved.read(execution);
        SortedMap<ClusterName, Figures> counted = figures.of(mesh);
        UpgradeWaves.Progress progress = waves.progress(change);
        String left = progress.left();
        String text = ProxyFigures.text(mesh, counted);
        execution.setVariable("left", left);
        execution.setVariable("moved", progress.moved());
        execution.setVariable("shares", WaveShares.offered(progress));
        execution.setVariable("workloadsLeft", !left.isEmpty());
        execution.setVariable(
                VariableNames.FAILURE_TEXT, LongText.shortened("Stopped between two waves; left to move: " + left));
        LongText.write(execution, "figures", text);
        record.measured(execution, "proxies of mesh " + mesh.id(), left.isEmpty(), text, counted);
    }
}

package io.meshspan.process.delegate;

import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.upgrade.ProxyFigures;
import io.meshspan.upgrade.ProxyFigures.Figures;
import java.util.SortedMap;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Count proxies, by version: between two clusters of an upgrade in place. Changes nothing. */
@Component
final class MeasureProxiesDelegate implements JavaDelegate {

    private final ProxyFigures figures;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    MeasureProxiesDelegate(ProxyFigures figures, ApprovedMesh approved, ChangeRecord record) {
        this.figures = figures;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Mesh mesh = approved.read(execution);
        SortedMap<ClusterName, Figures> counted = figures.of(mesh);
        record.measured(execution, "proxies of mesh " + mesh.id(), true, ProxyFigures.text(mesh, counted), counted);
    }
}

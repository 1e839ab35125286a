package io.meshspan.process.delegate;

import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.LongText;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.lease.ClusterLeases;
import io.meshspan.lease.Holder;
import io.meshspan.lease.LeaseAcquisition;
import io.meshspan.mesh.Mesh;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Acquire leases. */
@Component
final class AcquireLeasesDelegate implements JavaDelegate {

    private final ClusterLeases leases;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    AcquireLeasesDelegate(ClusterLeases leases, ApprovedMesh approved, ChangeRecord record) {
        this.leases = leases;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Mesh mesh = approved.read(execution);
        LeaseAcquisition acquisition = leases.acquire(new Holder(mesh.id(), ChangeId.of(execution)), mesh.clusters());
        execution.setVariable(VariableNames.CLUSTERS_HELD, acquisition.complete());
        execution.setVariable(VariableNames.FAILURE_TEXT, LongText.shortened(acquisition.inTheWay()));
        acquisition
                .claims()
                .forEach(claim ->
                        record.held(execution, claim.cluster(), claim.result().name(), claim.other()));
    }
}

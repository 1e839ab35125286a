package io.meshspan.process.delegate;

import io.meshspan.lease.ClusterLeases;
import io.meshspan.lease.Holder;
import io.meshspan.lease.Holding;
import io.meshspan.mesh.Mesh;
import io.meshspan.process.model.ApprovedMesh;
import io.meshspan.process.model.ChangeId;
import io.meshspan.process.model.ChangeRecord;
import io.meshspan.process.model.LongText;
import io.meshspan.process.model.Names;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Hold clusters. */
@Component
final class HoldClustersDelegate implements JavaDelegate {

    private final ClusterLeases leases;
    private final ApprovedMesh approved;
    private final ChangeRecord record;

    HoldClustersDelegate(ClusterLeases leases, ApprovedMesh approved, ChangeRecord record) {
        this.leases = leases;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Mesh mesh = approved.read(execution);
        Holding holding = leases.hold(new Holder(mesh.id(), ChangeId.of(execution)), mesh.clusters());
        execution.setVariable(Names.CLUSTERS_HELD, holding.complete());
        execution.setVariable(Names.FAILURE_TEXT, LongText.shortened(holding.inTheWay()));
        holding.claims()
                .forEach(claim ->
                        record.held(execution, claim.cluster(), claim.result().name(), claim.other()));
    }
}

package io.meshspan.process.lease;

import io.meshspan.engine.StepGuard;
import io.meshspan.engine.model.CalledCluster;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.finding.TransientException;
import io.meshspan.lease.ClusterLeases;
import io.meshspan.lease.Holder;
import io.meshspan.lease.LeaseAcquisition;
import io.meshspan.mesh.MeshId;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Runs before each step. If a change was down for longer than its Leases last, it takes them again. If another change took
 * them meanwhile, the engine repeats the step until they are free. A mesh id that is not valid holds no Lease: somebody
 * submitted it, and the first step refuses it.
 */
@Component
final class LeaseGuard implements StepGuard {

    private final ObjectProvider<ClusterLeases> leases;

    LeaseGuard(ObjectProvider<ClusterLeases> leases) {
        this.leases = leases;
    }

    @Override
    public void check(DelegateExecution step) {
        String mesh = step.getProcessBusinessKey();
        if (mesh != null && MeshId.matches(mesh)) {
            String change = ChangeId.of(step);
            LeaseAcquisition leaseAcquisition = leases.getObject()
                    .reacquire(new Holder(new MeshId(mesh), change), CalledCluster.clusterIfAny(step));
            if (!leaseAcquisition.complete()) {
                throw new TransientException(leaseAcquisition.inTheWay());
            }
        }
    }
}

package io.meshspan.process.lease;

import io.meshspan.finding.PassingFault;
import io.meshspan.lease.ClusterLeases;
import io.meshspan.lease.Holder;
import io.meshspan.lease.Holding;
import io.meshspan.mesh.DnsLabel;
import io.meshspan.mesh.MeshId;
import io.meshspan.process.engine.StepGuard;
import io.meshspan.process.model.CalledFor;
import io.meshspan.process.model.ChangeId;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Before each step: a change that was down for longer than its Leases last takes them again, or waits for whoever took
 * them meanwhile, by the engine's repetitions. What is no mesh's id holds nothing: somebody submitted it, and the first step refuses
 * it.
 */
@Component
final class StillHeld implements StepGuard {

    private final ObjectProvider<ClusterLeases> leases;

    StillHeld(ObjectProvider<ClusterLeases> leases) {
        this.leases = leases;
    }

    @Override
    public void check(DelegateExecution step) {
        String mesh = step.getProcessBusinessKey();
        if (mesh != null && DnsLabel.matches(mesh)) {
            String change = ChangeId.of(step);
            Holding holding =
                    leases.getObject().regain(new Holder(new MeshId(mesh), change), CalledFor.clusterIfAny(step));
            if (!holding.complete()) {
                throw new PassingFault(holding.inTheWay());
            }
        }
    }
}

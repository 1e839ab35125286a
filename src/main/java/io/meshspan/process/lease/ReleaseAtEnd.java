package io.meshspan.process.lease;

import io.meshspan.engine.EngineContext;
import io.meshspan.lease.HeldLeases;
import io.meshspan.lease.Holder;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.MeshId;
import io.meshspan.node.LeaseKeeper;
import io.meshspan.process.change.ChangeRecord;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** However a change ends, even by deletion, it releases its clusters for the next change. */
@Component
final class ReleaseAtEnd implements ExecutionListener {

    private final ObjectProvider<HeldLeases> held;
    private final ObjectProvider<LeaseKeeper> keeper;
    private final ObjectProvider<ChangeRecord> record;

    ReleaseAtEnd(
            ObjectProvider<HeldLeases> held, ObjectProvider<LeaseKeeper> keeper, ObjectProvider<ChangeRecord> record) {
        this.held = held;
        this.keeper = keeper;
        this.record = record;
    }

    @Override
    public void notify(DelegateExecution ended) {
        boolean called = ended.getSuperExecution() != null;
        if (!called) {
            List<ClusterName> clusters = held.getObject().of(ended.getProcessInstanceId());
            if (!clusters.isEmpty()) {
                release(ended, clusters);
            }
        }
    }

    private void release(DelegateExecution ended, List<ClusterName> clusters) {
        String mesh = Objects.requireNonNull(ended.getProcessBusinessKey());
        Holder holder = new Holder(new MeshId(mesh), ended.getProcessInstanceId());
        clusters.forEach(cluster -> record.getObject().held(ended, cluster, "RELEASED", ""));
        EngineContext.afterCommit(() -> keeper.getObject().releaseSoon(holder, clusters));
    }
}

package io.meshspan.process.delegate;

import io.meshspan.engine.model.CalledCluster;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.upgrade.OldRevision;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Remove old revision. */
@Component
final class RemoveOldRevisionDelegate implements JavaDelegate {

    private final OldRevision old;
    private final ChangeRecord record;

    RemoveOldRevisionDelegate(OldRevision old, ChangeRecord record) {
        this.old = old;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        record.removed(execution, old.remove(ChangeId.of(execution), CalledCluster.cluster(execution)));
    }
}

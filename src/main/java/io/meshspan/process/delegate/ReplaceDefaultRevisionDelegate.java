package io.meshspan.process.delegate;

import io.meshspan.engine.model.CalledCluster;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.upgrade.OldRevision;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Replace default revision. */
@Component
final class ReplaceDefaultRevisionDelegate implements JavaDelegate {

    private final OldRevision old;
    private final ChangeRecord record;

    ReplaceDefaultRevisionDelegate(OldRevision old, ChangeRecord record) {
        this.old = old;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        record.applied(execution, old.replaceDefault(ChangeId.of(execution), CalledCluster.cluster(execution)));
    }
}

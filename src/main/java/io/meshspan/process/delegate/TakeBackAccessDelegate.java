package io.meshspan.process.delegate;

import io.meshspan.process.model.CalledFor;
import io.meshspan.process.model.ChangeId;
import io.meshspan.process.model.ChangeRecord;
import io.meshspan.removal.AccessTakenBack;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Take back access to a cluster that is left out. */
@Component
final class TakeBackAccessDelegate implements JavaDelegate {

    private final AccessTakenBack access;
    private final ChangeRecord record;

    TakeBackAccessDelegate(AccessTakenBack access, ChangeRecord record) {
        this.access = access;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        record.removed(execution, access.from(ChangeId.of(execution), CalledFor.cluster(execution)));
    }
}

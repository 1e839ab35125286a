package io.meshspan.process.delegate;

import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.ChangeKinds;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.removal.Phase;
import io.meshspan.removal.Teardown;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Runs each step of a removal. The task's input parameter {@code phase} says which. */
@Component
final class RemoveObjectsDelegate implements JavaDelegate {

    private final Teardown teardown;
    private final ChangeKinds kinds;
    private final ChangeRecord record;

    RemoveObjectsDelegate(Teardown teardown, ChangeKinds kinds, ChangeRecord record) {
        this.teardown = teardown;
        this.kinds = kinds;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Phase phase = Phase.valueOf(String.valueOf(execution.getVariable("phase")));
        record.removed(execution, teardown.take(ChangeId.of(execution), kinds.of(execution), phase));
    }
}

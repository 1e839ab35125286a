package io.meshspan.process.delegate;

import io.meshspan.engine.model.ChangeId;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.removal.Leftovers;
import io.meshspan.removal.RollBackCheck;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Check roll back. */
@Component
final class CheckRollBackDelegate implements JavaDelegate {

    private final RollBackCheck check;
    private final ChangeRecord record;

    CheckRollBackDelegate(RollBackCheck check, ChangeRecord record) {
        this.check = check;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Leftovers left = check.leftovers(ChangeId.of(execution));
        record.noted(execution, "what stays after a roll back", left.none() ? "NOTHING" : "LEFT", left.text());
    }
}

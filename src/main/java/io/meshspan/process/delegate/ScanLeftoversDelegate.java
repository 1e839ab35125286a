package io.meshspan.process.delegate;

import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.LongText;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.removal.LeftoverScan;
import io.meshspan.removal.Leftovers;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Scan for leftovers. */
@Component
final class ScanLeftoversDelegate implements JavaDelegate {

    private final LeftoverScan scan;
    private final ChangeRecord record;

    ScanLeftoversDelegate(LeftoverScan scan, ChangeRecord record) {
        this.scan = scan;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Leftovers left = scan.scan(ChangeId.of(execution));
        LongText.write(execution, "leftovers", left.text());
        record.noted(execution, "what is left after a removal", left.none() ? "NOTHING" : "LEFT", left.text());
    }
}

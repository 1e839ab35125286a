package io.meshspan.process.change;

import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.LongText;
import io.meshspan.removal.CrdUseReport;
import io.meshspan.removal.CrdsInUse;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.springframework.stereotype.Component;

/** For the diagrams: the objects that disappear with Istio's CRDs, for the approver. The removal uses the recorded list. */
@Component("kindUse")
public final class ListedCrdUses {

    /** The task's variable that shows them. */
    static final String NAME = "goesWithCrds";

    /** The task's name in the diagram. The engine does not know it yet while it creates the task's inputs. */
    private static final String STEP = "Approve removal of CRDs";

    private final CrdsInUse kinds;
    private final ChangeRecord record;

    ListedCrdUses(CrdsInUse kinds, ChangeRecord record) {
        this.kinds = kinds;
        this.record = record;
    }

    /** Reads them from the clusters now, and records them. */
    public TypedValue now(DelegateExecution execution) {
        CrdUseReport report = kinds.read(ChangeId.of(execution));
        record.listed(
                execution, STEP, CrdsInUse.SUBJECT, report.none() ? "NONE" : "LISTED", report.text(), report.names());
        return LongText.of(report.text());
    }
}

package io.meshspan.process.change;

import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.LongText;
import io.meshspan.removal.CrdUseReport;
import io.meshspan.removal.CrdsInUse;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.springframework.stereotype.Component;

/** For the diagrams: what would go with Istio's CRDs, for whoever approves that; the removal goes by what is on record. */
@Component("kindUse")
public final class ListedCrdUses {

    /** The variable of the task that shows them. */
    static final String NAME = "goesWithCrds";

    /** The task by its name in the diagram, which the engine does not know yet while it makes the task's inputs. */
    private static final String STEP = "Approve removal of CRDs";

    private final CrdsInUse kinds;
    private final ChangeRecord record;

    ListedCrdUses(CrdsInUse kinds, ChangeRecord record) {
        this.kinds = kinds;
        this.record = record;
    }

    /** Read from the clusters now, and written down. */
    public TypedValue now(DelegateExecution execution) {
        CrdUseReport report = kinds.look(ChangeId.of(execution));
        record.listed(
                execution, STEP, CrdsInUse.SUBJECT, report.none() ? "NONE" : "LISTED", report.text(), report.names());
        return LongText.of(report.text());
    }
}

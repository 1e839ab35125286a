package io.meshspan.process.change;

import io.meshspan.approval.ApprovalRefused;
import io.meshspan.approval.ChangeGates;
import io.meshspan.approval.Person;
import io.meshspan.engine.identity.Gate;
import io.meshspan.engine.model.VariableNames;
import java.util.Objects;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Marks a change as urgent, permanently, if its requester may ask for that. */
@Component
public final class UrgentChanges {

    private final ChangeGates gates;
    private final ChangeRecord record;

    UrgentChanges(ChangeGates gates, ChangeRecord record) {
        this.gates = gates;
        this.record = record;
    }

    /** @throws AuthorizationException if not; it refuses the start with a message */
    public void mark(DelegateExecution change, boolean urgent) {
        change.setVariable(VariableNames.URGENT, urgent);
        if (urgent) {
            Person requester = Gate.loggedIn()
                    .orElseThrow(() -> new AuthorizationException("An urgent change needs a person as its requester"));
            check(requester);
            String reason = Objects.toString(change.getVariable(VariableNames.REASON), "");
            record.noted(change, "urgent change, asked for by " + requester.id(), "URGENT", reason);
        }
    }

    private void check(Person requester) {
        try {
            gates.checkUrgent(requester);
        } catch (ApprovalRefused refused) {
            throw new AuthorizationException(refused.getMessage());
        }
    }
}

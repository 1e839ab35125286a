package io.meshspan.web.changes;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.meshspan.audit.ChangeState;
import io.meshspan.audit.ChangeSummary;
import org.jspecify.annotations.Nullable;

/**
 * A change and its state, for the user who asks.
 *
 * @param stateText the state as text; for an ended change, its outcome
 * @param stateDetail who or what it waits for, or what it does; null after its end
 * @param waitsForYou whether this user can act on it now
 */
record ChangeWithState(
        @JsonUnwrapped ChangeSummary change,
        ChangeState state,
        String stateText,
        @Nullable String stateDetail,
        boolean waitsForYou) {

    static ChangeWithState running(ChangeSummary change, ChangeState state, String detail, boolean waitsForYou) {
        return new ChangeWithState(change, state, state.inWords(), detail, waitsForYou);
    }

    static ChangeWithState ended(ChangeSummary change) {
        String outcome = change.outcome() == null ? "" : change.outcome();
        return new ChangeWithState(change, ChangeState.ended(outcome), outcome, null, false);
    }
}

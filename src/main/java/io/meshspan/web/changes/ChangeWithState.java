package io.meshspan.web.changes;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.meshspan.audit.ChangeState;
import io.meshspan.audit.ChangeSummary;
import org.jspecify.annotations.Nullable;

/**
 * A change, and how it stands for whoever asks.
 *
 * @param stateText the state in words; of an ended change its outcome
 * @param stateDetail who or what it waits for, or what it does; null once it has ended
 * @param waitsForYou whether whoever asks can act on it now
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

package io.meshspan.web.changes;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.meshspan.drift.DriftRecords.LastCheck;
import io.meshspan.drift.DriftRecords.Settled;
import io.meshspan.drift.DriftedObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last check of a declared mesh for drift.
 *
 * @param checkedAt null if it was never checked
 * @param tookMs how long the check took; 0 if it was never checked
 * @param items what is not as declared, and what nobody decided on
 * @param settled what people accepted, or ignore until a date, as long as it is there
 * @param gaps what could not be compared
 * @param problem why the last check came to no result; null if it did
 * @param change the open process in which people decide on the drift; null if there is none
 */
record DriftView(
        String mesh,
        State state,
        @Nullable Instant checkedAt,
        long tookMs,
        String summary,
        List<DriftedObject> items,
        List<Decision> settled,
        List<String> gaps,
        @Nullable String problem,
        @Nullable String change) {

    enum State {
        @JsonProperty("never checked")
        NEVER_CHECKED,
        @JsonProperty("none")
        NONE,
        @JsonProperty("settled")
        SETTLED,
        @JsonProperty("drift")
        DRIFT,
        @JsonProperty("not checked")
        NOT_CHECKED
    }

    /** @param until null if it is accepted */
    record Decision(String item, @Nullable Instant until, String person, String reason, Instant at, String change) {}

    static DriftView of(String mesh, Optional<LastCheck> last, List<Settled> settled, @Nullable String change) {
        List<Decision> decisions = settled.stream()
                .map(each -> new Decision(
                        each.item(),
                        each.by().until(),
                        each.by().person(),
                        each.by().reason(),
                        each.by().at(),
                        each.by().change()))
                .toList();
        return last.map(check -> new DriftView(
                        mesh,
                        state(check),
                        check.at(),
                        check.took().toMillis(),
                        check.open().summary(),
                        check.open().items(),
                        decisions,
                        check.open().gaps(),
                        check.problem(),
                        change))
                .orElseGet(() -> new DriftView(
                        mesh,
                        State.NEVER_CHECKED,
                        null,
                        0,
                        "never checked",
                        List.of(),
                        decisions,
                        List.of(),
                        null,
                        change));
    }

    private static State state(LastCheck check) {
        if (check.problem() != null) {
            return State.NOT_CHECKED;
        }
        if (!check.open().items().isEmpty()) {
            return State.DRIFT;
        }
        return check.settled() > 0 ? State.SETTLED : State.NONE;
    }
}

package io.meshspan.web.changes;

import java.util.List;

/**
 * The current state of a change, for a page that polls.
 *
 * @param records the number of records; the page reads them again when it grows
 */
record ChangeStatus(
        long records,
        boolean ended,
        ChangeWithState change,
        List<Stage> stages,
        List<CurrentActivity> doing,
        List<RunningCall> calls) {

    static ChangeStatus of(
            ChangeWithState change, List<Stage> stages, List<CurrentActivity> doing, List<RunningCall> calls) {
        return new ChangeStatus(
                change.change().records(), change.change().ended() != null, change, stages, doing, calls);
    }
}

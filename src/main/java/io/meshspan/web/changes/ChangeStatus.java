package io.meshspan.web.changes;

import java.util.List;

/**
 * How a change stands now, for a page that looks again and again.
 *
 * @param records how many there are; the page reads them again when there are more
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

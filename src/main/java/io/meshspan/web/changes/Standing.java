package io.meshspan.web.changes;

import io.meshspan.audit.ChangeSummary;
import java.util.List;

/**
 * How a change stands now, for a page that looks again and again.
 *
 * @param records how many there are; the page reads them again when there are more
 */
record Standing(long records, boolean ended, List<Stage> stages, List<Doing> doing) {

    static Standing of(ChangeSummary change, List<Stage> stages, List<Doing> doing) {
        return new Standing(change.records(), change.ended() != null, stages, doing);
    }
}

package io.meshspan.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change and its state.
 *
 * @param process the key of its process
 * @param outcome its end, by its name in the diagram; null while it runs
 * @param records the number of its records, also after they were deleted
 * @param head the hash of the last record
 * @param seal signature over the ended record; null while it runs
 * @param urgent whether it was requested as urgent
 * @param forgotten when its records were deleted, according to the retention
 */
public record ChangeSummary(
        String id,
        String mesh,
        String process,
        @Nullable String requester,
        @Nullable String reason,
        List<String> clusters,
        Instant started,
        @Nullable Instant ended,
        @Nullable String outcome,
        long records,
        String head,
        @Nullable String seal,
        boolean urgent,
        @Nullable Instant forgotten) {

    /** The text that a change's seal signs. */
    public String sealed() {
        return sealed(id, records, head);
    }

    static String sealed(String change, long records, String head) {
        return "%s\n%d\n%s".formatted(change, records, head);
    }
}

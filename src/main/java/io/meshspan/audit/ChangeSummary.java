package io.meshspan.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a change stands.
 *
 * @param process the key of its process
 * @param outcome the end that it came to, as its diagram names it; null while it runs
 * @param records how many records it has, or had before they were deleted
 * @param head the hash of the last record
 * @param seal signature over the ended record; null while it runs
 * @param urgent whether it was asked for as an emergency
 * @param forgotten when its records were deleted, as the retention says
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

    /** What the seal of a change signs. */
    public String sealed() {
        return sealed(id, records, head);
    }

    static String sealed(String change, long records, String head) {
        return "%s\n%d\n%s".formatted(change, records, head);
    }
}

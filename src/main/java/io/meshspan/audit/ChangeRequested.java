package io.meshspan.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request of a change, when it starts.
 *
 * @param process the key of its process
 * @param data the request, as JSON
 */
public record ChangeRequested(
        String change,
        String mesh,
        String process,
        String step,
        @Nullable String requester,
        String reason,
        List<String> clusters,
        String data) {

    AuditRecord record() {
        return new AuditRecord(
                RecordKind.REQUESTED, change, mesh, step, requester, null, process, "REQUESTED", reason, data);
    }
}

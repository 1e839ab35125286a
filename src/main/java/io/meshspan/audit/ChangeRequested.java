package io.meshspan.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change as it begins.
 *
 * @param process the key of its process
 * @param data what was asked for, in JSON
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

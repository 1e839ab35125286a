package io.meshspan.web.changes;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.ChainedRecord;
import io.meshspan.audit.RecordKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One flat record; its data is JSON, not text. */
record RecordView(
        long seq,
        Instant at,
        RecordKind kind,
        String step,
        @Nullable String actor,
        @Nullable String cluster,
        String what,
        String result,
        @Nullable String detail,
        @JsonRawValue @Nullable String data,
        boolean failureOrIntervention,
        String hash) {

    static RecordView of(ChainedRecord entry) {
        AuditRecord record = entry.record();
        String data = record.data();
        return new RecordView(
                entry.seq(),
                entry.at(),
                record.kind(),
                record.step(),
                record.actor(),
                record.cluster(),
                record.what(),
                record.result(),
                record.detail(),
                data == null || data.isBlank() ? null : data,
                record.tellsOfFailureOrIntervention(),
                entry.hash());
    }
}

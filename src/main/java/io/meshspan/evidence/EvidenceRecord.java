package io.meshspan.evidence;

import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.ChainedRecord;
import io.meshspan.audit.RecordKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One flat record. */
record EvidenceRecord(
        long seq,
        String at,
        String kind,
        String mesh,
        String step,
        @Nullable String actor,
        @Nullable String cluster,
        String what,
        String result,
        @Nullable String detail,
        @Nullable String data,
        String hash) {

    static EvidenceRecord of(ChainedRecord entry) {
        AuditRecord r = entry.record();
        return new EvidenceRecord(
                entry.seq(),
                entry.at().toString(),
                r.kind().name(),
                r.mesh(),
                r.step(),
                r.actor(),
                r.cluster(),
                r.what(),
                r.result(),
                r.detail(),
                r.data(),
                entry.hash());
    }

    /** @throws IllegalArgumentException if the kind or the time is not valid */
    ChainedRecord entry(String change) {
        AuditRecord record = new AuditRecord(
                RecordKind.valueOf(kind), change, mesh, step, actor, cluster, what, result, detail, data);
        return new ChainedRecord(seq, Instant.parse(at), record, hash);
    }
}

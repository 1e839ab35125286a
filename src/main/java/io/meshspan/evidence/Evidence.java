package io.meshspan.evidence;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file. The signature (SHA256withECDSA) is over the bytes of the same file with an empty signature.
 *
 * @param head the hash of the last record
 * @param certificate of the key that signed, in PEM
 */
@JsonPropertyOrder({
    "format",
    "change",
    "mesh",
    "process",
    "requester",
    "reason",
    "clusters",
    "started",
    "ended",
    "outcome",
    "exportedAt",
    "exportedBy",
    "recordCount",
    "head",
    "records",
    "certificate",
    "signature"
})
record Evidence(
        String format,
        String change,
        String mesh,
        String process,
        @Nullable String requester,
        @Nullable String reason,
        List<String> clusters,
        String started,
        @Nullable String ended,
        @Nullable String outcome,
        String exportedAt,
        String exportedBy,
        long recordCount,
        String head,
        List<EvidenceRecord> records,
        String certificate,
        String signature) {

    static final String FORMAT = "meshspan-evidence/1";

    Evidence signed(String signature) {
        return new Evidence(
                format,
                change,
                mesh,
                process,
                requester,
                reason,
                clusters,
                started,
                ended,
                outcome,
                exportedAt,
                exportedBy,
                recordCount,
                head,
                records,
                certificate,
                signature);
    }
}

package io.meshspan.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The evidence file. The signature (SHA256withECDSA) is over the bytes of the same file with an empty signature.
 *
 * @param format {@code meshspan-evidence/2} has {@code asked}; files of {@code meshspan-evidence/1} stay valid
 * @param asked the full request
 * @param head the hash of the last record
 * @param certificate of the signing key, in PEM
 */
@JsonPropertyOrder({
    "format",
    "change",
    "mesh",
    "process",
    "requester",
    "reason",
    "clusters",
    "asked",
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
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode asked,
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

    static final String FORMAT = "meshspan-evidence/2";

    static final Set<String> FORMATS = Set.of("meshspan-evidence/1", FORMAT);

    Evidence signed(String signature) {
        return new Evidence(
                format,
                change,
                mesh,
                process,
                requester,
                reason,
                clusters,
                asked,
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

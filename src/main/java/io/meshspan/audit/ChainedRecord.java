package io.meshspan.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A record with its position in the chain of its change.
 *
 * @param seq from 1, without gaps
 * @param at in milliseconds, which every database can store
 * @param hash of this entry's content and the hash of the entry before it
 */
public record ChainedRecord(long seq, Instant at, AuditRecord record, String hash) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static ChainedRecord after(ChainHead chainHead, Instant at, AuditRecord record) {
        long seq = chainHead.records() + 1;
        return new ChainedRecord(seq, at, record, hash(chainHead.hash(), seq, at, record));
    }

    /** Whether this entry is unaltered and follows an entry with that hash. */
    boolean follows(String previousHash) {
        return hash(previousHash, seq, at, record).equals(hash);
    }

    /**
     * The hashed text of an entry: the previous hash in hex, a line feed, and a JSON array of seq, at, kind, change, mesh,
     * step, actor, cluster, what, result, detail and data, in UTF-8 without spaces.
     */
    private static String hash(String previousHash, long seq, Instant at, AuditRecord record) {
        return sha256(previousHash + "\n" + text(seq, at, record));
    }

    private static String text(long seq, Instant at, AuditRecord r) {
        List<?> content = Arrays.asList(
                seq,
                at.toString(),
                r.kind().name(),
                r.change(),
                r.mesh(),
                r.step(),
                r.actor(),
                r.cluster(),
                r.what(),
                r.result(),
                r.detail(),
                r.data());
        try {
            return JSON.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record could not be written", e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

package io.meshspan.audit;

import java.time.Instant;

/**
 * A record in its place in the chain of its change.
 *
 * @param seq from 1, without gaps
 * @param at in milliseconds, which every database keeps
 * @param hash over this entry's content and the hash of the entry before it
 */
public record Entry(long seq, Instant at, AuditRecord record, String hash) {

    static Entry after(ChainHead chainHead, Instant at, AuditRecord record) {
        long seq = chainHead.records() + 1;
        return new Entry(seq, at, record, Canonical.hash(chainHead.hash(), seq, at, record));
    }

    /** Whether this is what was written after an entry with that hash. */
    public boolean follows(String previousHash) {
        return Canonical.hash(previousHash, seq, at, record).equals(hash);
    }
}

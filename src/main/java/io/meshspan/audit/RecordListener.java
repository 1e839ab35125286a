package io.meshspan.audit;

import java.util.List;

/** Told of every record that is taken down. */
public interface RecordListener {

    /** In the transaction of the records, just before it commits: what is written here is written with them, or not at all. */
    default void beforeCommit(List<AuditRecord> records) {}

    /** After that transaction has committed, on this node alone. */
    default void committed(List<AuditRecord> records) {}
}

package io.meshspan.audit;

import java.time.Instant;

/** Data of a change that a feature keeps in addition to the records. They are deleted together, in one transaction. */
public interface KeptWithRecords {

    void forget(String change);

    /** Data about people that belongs to no change, as old as the records that are deleted. */
    default void forgetBefore(Instant limit) {}
}

package io.meshspan.audit;

/** What a feature keeps of a change beside its records. It goes with them, in the same transaction. */
public interface KeptWithRecords {

    void forget(String change);
}

package io.meshspan.audit;

/** Data of a change that a feature keeps in addition to the records. They are deleted together, in one transaction. */
public interface KeptWithRecords {

    void forget(String change);
}

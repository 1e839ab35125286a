package io.meshspan.kubernetes;

/** What applying one object came to. */
public enum ApplyOutcome {
    CREATED,
    PATCHED,
    UNCHANGED,
    DELETED,

    /** It was to go, and stays, for it is others' by now or nobody knows whether others need it. */
    KEPT;

    /** Whether the object is another one afterwards. */
    public boolean isWritten() {
        return this != UNCHANGED && this != KEPT;
    }
}

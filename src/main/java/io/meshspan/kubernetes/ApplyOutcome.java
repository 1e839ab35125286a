package io.meshspan.kubernetes;

/** The result of applying one object. */
public enum ApplyOutcome {
    CREATED,
    PATCHED,
    UNCHANGED,
    DELETED,

    /** It should be deleted, but stays: it belongs to others by now, or others may need it. */
    KEPT;

    /** Whether the object has changed. */
    public boolean isWritten() {
        return this != UNCHANGED && this != KEPT;
    }
}

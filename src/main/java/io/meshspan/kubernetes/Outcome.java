package io.meshspan.kubernetes;

/** What applying one object came to. */
public enum Outcome {
    CREATED,
    PATCHED,
    UNCHANGED,
    DELETED
}

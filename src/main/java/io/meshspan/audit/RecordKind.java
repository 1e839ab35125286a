package io.meshspan.audit;

/** What a record tells of. */
public enum RecordKind {
    /** A change was asked for; the data hold what. */
    REQUESTED,
    /** A plan was computed; the data hold its digest and its text. */
    PLANNED,
    /** A person decided; the data of an approval hold the digest of the plan. */
    DECIDED,
    /** An object was written, or found to be as wished. */
    OBJECT,
    /** A step failed: one attempt of several, or with a finding that a person must weigh. */
    FAILED,
    /** Attempts ran out, or somebody saw to it. */
    INCIDENT,
    /** A person stepped in from outside of the diagram. */
    OPERATION,
    /** A step ended; the data hold when it began and where it stands in the diagrams. */
    STEP,
    /** The mesh was verified; the data hold the figures. */
    MEASURED,
    /** A certificate is in place. */
    CERTIFICATE,
    NOTE,
    /** The change is over; the result is the end that it came to. */
    ENDED
}

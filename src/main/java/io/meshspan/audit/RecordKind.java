package io.meshspan.audit;

/** The subject of a record. */
public enum RecordKind {
    /** A change was requested; the data have the request. */
    REQUESTED,
    /** A plan was computed; the data have its digest and its text. */
    PLANNED,
    /** A person decided; the data of an approval have the digest of the plan. */
    DECIDED,
    /** An object was written, or was already as desired. */
    OBJECT,
    /** A step failed: one attempt of several, or with a finding that a person must decide on. */
    FAILED,
    /** A step had no retries left, or somebody resolved that. */
    INCIDENT,
    /** A person intervened from outside of the diagram. */
    OPERATION,
    /** A step ended; the data have its start and its place in the diagrams. */
    STEP,
    /** The mesh was verified; the data have the measurements. */
    MEASURED,
    /** A certificate is in place. */
    CERTIFICATE,
    NOTE,
    /** The change has ended; the result is the name of its end. */
    ENDED
}

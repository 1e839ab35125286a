package io.meshspan.crash;

/** When a process is killed, as seen from a step. */
enum Moment {
    /** Its transaction is open, nothing is done. */
    BEFORE,
    /** Half of its calls to the clusters are made. */
    INSIDE,
    /** All is done in the clusters, nothing is in the database. */
    AFTER,
    /** All is done, and the next step is about to begin. */
    COMMITTED,
    /** It is committed, and half of the calls are made that it began and does not wait for. */
    GOING_ON
}

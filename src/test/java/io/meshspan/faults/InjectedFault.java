package io.meshspan.faults;

/** What may befall one call. */
public enum InjectedFault {
    /** 500 in the API server's stead. */
    ERROR,
    /** 429 with {@code Retry-After: 1}. */
    TOO_MANY,
    /** The call is carried out, and nobody hears of it. */
    NO_ANSWER,
    /** The answer ends in the middle of its body; a stream ends soon after it began. */
    CUT,
    /** The answer comes late, and within the time that is given it. */
    LATE,
    /** A watch is told 410 Gone; any other call is left alone. */
    EXPIRED
}

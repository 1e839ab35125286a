package io.meshspan.audit;

/** The end of a chain. */
record Head(long records, String hash) {

    static final Head NONE = new Head(0, Chain.BEFORE_THE_FIRST);
}

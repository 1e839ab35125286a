package io.meshspan.audit;

/** The end of a chain. */
record ChainHead(long records, String hash) {

    static final ChainHead NONE = new ChainHead(0, Chain.BEFORE_THE_FIRST);
}

package io.meshspan.web.changes;

/**
 * A step under way that runs once a cluster.
 *
 * @param done in how many clusters it has ended
 * @param of in how many it was begun
 */
record Stage(String step, int done, int of) {}

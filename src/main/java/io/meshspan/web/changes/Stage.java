package io.meshspan.web.changes;

/**
 * A running step that is repeated for each cluster.
 *
 * @param done number of clusters where it has ended
 * @param of number of clusters where it has started
 */
record Stage(String step, int done, int of) {}

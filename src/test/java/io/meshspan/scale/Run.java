package io.meshspan.scale;

/**
 * How one change went.
 *
 * @param planned seconds from the request to the approval
 * @param carriedOut seconds from the approval to the end
 */
record Run(String outcome, double planned, double carriedOut) {}

/** Keeps the clusters of running changes held, and gives them back when a change ends. */
@org.jspecify.annotations.NullMarked
package io.meshspan.process.lease;

/** Holds the clusters of running changes, and releases them when a change ends. */
@org.jspecify.annotations.NullMarked
package io.meshspan.process.lease;

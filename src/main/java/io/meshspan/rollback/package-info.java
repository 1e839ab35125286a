/** Stores in the cluster itself what a change will overwrite, so that it can be restored. */
@org.jspecify.annotations.NullMarked
package io.meshspan.rollback;

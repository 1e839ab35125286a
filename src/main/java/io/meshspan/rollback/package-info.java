/** What a change is about to write over is kept in the cluster itself, so that it can be put back. */
@org.jspecify.annotations.NullMarked
package io.meshspan.rollback;

/** Append-only, chained records of each change made and each decision taken, and how each change stands. */
@org.jspecify.annotations.NullMarked
package io.meshspan.audit;

/** Append-only, chained records of each change and each decision, and the state of each change. */
@org.jspecify.annotations.NullMarked
package io.meshspan.audit;

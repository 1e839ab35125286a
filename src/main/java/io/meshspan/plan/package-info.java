/** Computes what a change would do, object by object, before it touches anything. */
@org.jspecify.annotations.NullMarked
package io.meshspan.plan;

/** The tasks that this service repeats automatically. */
@org.jspecify.annotations.NullMarked
package io.meshspan.schedule;

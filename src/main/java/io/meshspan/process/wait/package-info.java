/** Waits for a cluster without holding a thread: the conditions, the watches, and the messages to the process. */
@org.jspecify.annotations.NullMarked
package io.meshspan.process.wait;

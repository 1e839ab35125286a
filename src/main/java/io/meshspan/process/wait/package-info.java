/** Waiting for a cluster without holding a thread: what is waited for, who watches it, and how the process hears of it. */
@org.jspecify.annotations.NullMarked
package io.meshspan.process.wait;

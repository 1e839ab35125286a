/** Sets up the engine: retries, failures, waits, and what it must never store. */
@org.jspecify.annotations.NullMarked
package io.meshspan.engine;

/** How the engine is set up: retries, failures, waits, and what it must never write down. */
@org.jspecify.annotations.NullMarked
package io.meshspan.engine;

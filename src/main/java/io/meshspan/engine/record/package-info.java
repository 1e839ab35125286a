/** Audit records of what the engine knows about a change: steps, failures, decisions, actions of people, the end. */
@org.jspecify.annotations.NullMarked
package io.meshspan.engine.record;

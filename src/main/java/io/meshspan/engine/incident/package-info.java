/** An incident becomes a decision: what a step could not get done by itself is put before a person. */
@org.jspecify.annotations.NullMarked
package io.meshspan.engine.incident;

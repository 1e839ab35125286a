/** An incident becomes a decision: a person is asked about a step that has no retries left. */
@org.jspecify.annotations.NullMarked
package io.meshspan.engine.incident;

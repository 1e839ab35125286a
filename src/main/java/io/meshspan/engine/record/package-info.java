/** What the engine itself knows of a change, as audit records: steps, failures, decisions, people who step in, the end. */
@org.jspecify.annotations.NullMarked
package io.meshspan.engine.record;

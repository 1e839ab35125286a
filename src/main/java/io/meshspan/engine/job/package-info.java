/** The engine's jobs on this node: who executes them, and which of them are its own after a crash. */
@org.jspecify.annotations.NullMarked
package io.meshspan.engine.job;

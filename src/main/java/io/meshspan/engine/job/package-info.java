/** The engine's jobs on this node: who executes them, and which are its own after a crash. */
@org.jspecify.annotations.NullMarked
package io.meshspan.engine.job;

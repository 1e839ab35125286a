/** Calls to HelloWorld, which take minutes: begun by a step, made outside of the engine, answered by a message (ADR 15). */
@org.jspecify.annotations.NullMarked
package io.meshspan.process.calls;

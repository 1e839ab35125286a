/**
 * Calls to HelloWorld, which take minutes: a step starts them, they run outside of the engine, a message answers (ADR 15).
 */
@org.jspecify.annotations.NullMarked
package io.meshspan.process.calls;

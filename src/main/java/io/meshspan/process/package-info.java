/** The border to the engine: what the diagrams call, and nothing that a feature would need to know. */
@org.jspecify.annotations.NullMarked
package io.meshspan.process;

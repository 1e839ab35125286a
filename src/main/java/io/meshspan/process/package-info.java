/** The border to the engine: the classes that the diagrams call. Features do not depend on them. */
@org.jspecify.annotations.NullMarked
package io.meshspan.process;

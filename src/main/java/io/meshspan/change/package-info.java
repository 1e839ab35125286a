/** The kind of a requested change, and what follows from the kind alone. Pure: no engine, no cluster. */
@org.jspecify.annotations.NullMarked
package io.meshspan.change;

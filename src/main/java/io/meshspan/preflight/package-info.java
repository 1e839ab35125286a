/** Checks whether every cluster can join the mesh. Read-only. */
@org.jspecify.annotations.NullMarked
package io.meshspan.preflight;

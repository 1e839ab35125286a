/** Checks declared meshes for drift on a schedule, and asks a person about differences. */
@org.jspecify.annotations.NullMarked
package io.meshspan.process.drift;

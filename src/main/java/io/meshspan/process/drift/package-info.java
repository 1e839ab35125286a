/** Checks declared meshes for drift on a schedule, and puts what is found before a person. */
@org.jspecify.annotations.NullMarked
package io.meshspan.process.drift;

/** Replaces credentials of a running mesh, old and new side by side until the new ones are verified. */
@org.jspecify.annotations.NullMarked
package io.meshspan.rotation;

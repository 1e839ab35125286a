/** Replaces credentials of a mesh that is there, without a call that fails. */
@org.jspecify.annotations.NullMarked
package io.meshspan.rotation;

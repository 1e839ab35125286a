/** Replaces credentials of a running mesh without failed calls. */
@org.jspecify.annotations.NullMarked
package io.meshspan.rotation;

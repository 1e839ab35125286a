/** Istiod as a primary or for a remote, with a revision or without: what is installed, and when it is ready. */
@org.jspecify.annotations.NullMarked
package io.meshspan.controlplane;

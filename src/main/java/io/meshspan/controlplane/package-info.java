/** Istiod as a primary or for a remote, with or without a revision: what to install, and when it is ready. */
@org.jspecify.annotations.NullMarked
package io.meshspan.controlplane;

/** Istiod as a primary: what is installed, and when it is ready. */
@org.jspecify.annotations.NullMarked
package io.meshspan.controlplane;

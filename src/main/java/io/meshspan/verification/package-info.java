/** Checks that the mesh works: control planes are in sync, and HelloWorld answers across clusters. */
@org.jspecify.annotations.NullMarked
package io.meshspan.verification;

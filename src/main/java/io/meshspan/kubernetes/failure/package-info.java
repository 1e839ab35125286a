/** What goes wrong in a call to an API server: sorted by what can be done about it, repeated, in words without a secret. */
@org.jspecify.annotations.NullMarked
package io.meshspan.kubernetes.failure;

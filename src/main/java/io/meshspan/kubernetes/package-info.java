/** The border to the Kubernetes client: apply, watch, exec, port-forward, and the translation of failures. */
@org.jspecify.annotations.NullMarked
package io.meshspan.kubernetes;

/** The border to the Kubernetes client: apply, watch, exec, port-forward, and the classes of failure. */
@org.jspecify.annotations.NullMarked
package io.meshspan.kubernetes;

/** Stand-in Kubernetes clusters, in process, over HTTP on loopback: for the tests and the demo, never for production. */
@NullMarked
package io.meshspan.sandbox;

import org.jspecify.annotations.NullMarked;

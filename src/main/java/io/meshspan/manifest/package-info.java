/** Renders Istio's own charts into the objects that a cluster should hold. */
@org.jspecify.annotations.NullMarked
package io.meshspan.manifest;

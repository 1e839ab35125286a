/** Istio multicluster meshes as changes that are requested, planned, approved, carried out, verified and recorded. */
@org.jspecify.annotations.NullMarked
package io.meshspan;

/** The desired state: a mesh of clusters on networks, its topology and the resulting rules. Pure. */
@org.jspecify.annotations.NullMarked
package io.meshspan.mesh;

/** What is wanted: a mesh of clusters on networks, its topology and the rules that follow from it. Pure. */
@org.jspecify.annotations.NullMarked
package io.meshspan.mesh;

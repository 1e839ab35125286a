/** Detects drift between declared meshes and their clusters, and stores the results. Only reads clusters. */
@org.jspecify.annotations.NullMarked
package io.meshspan.drift;

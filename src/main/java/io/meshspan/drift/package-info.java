/** Whether the clusters still are as the meshes are declared: looked for on a schedule, kept, and told. Only reads clusters. */
@org.jspecify.annotations.NullMarked
package io.meshspan.drift;

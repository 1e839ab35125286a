/** Meshes of fifty clusters, by a service in a process of its own that has one GiB of heap. */
@NullMarked
package io.meshspan.scale;

import org.jspecify.annotations.NullMarked;

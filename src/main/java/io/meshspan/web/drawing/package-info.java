/** The picture of a mesh after the change: clusters, networks, control planes, gateways, and watched API servers. */
@org.jspecify.annotations.NullMarked
package io.meshspan.web.drawing;

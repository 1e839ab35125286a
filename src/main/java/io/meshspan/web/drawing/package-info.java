/** The picture of a mesh as it will be: clusters, networks, control planes, gateways, and who watches whom. */
@org.jspecify.annotations.NullMarked
package io.meshspan.web.drawing;

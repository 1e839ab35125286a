/** The gateways: what is installed, when they are ready, their addresses, and what is exposed through them. */
@org.jspecify.annotations.NullMarked
package io.meshspan.gateway;

/** The gateways: what to install, when they are ready, their addresses, and what they expose. */
@org.jspecify.annotations.NullMarked
package io.meshspan.gateway;

/** The east-west gateway: what is installed, when it is ready, its address, and the services exposed through it. */
@org.jspecify.annotations.NullMarked
package io.meshspan.gateway;

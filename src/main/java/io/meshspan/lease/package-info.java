/** One change at a time in a cluster: a Lease there names the change that holds it. */
@org.jspecify.annotations.NullMarked
package io.meshspan.lease;

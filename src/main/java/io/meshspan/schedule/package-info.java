/** Everything that this service does again and again by itself. */
@org.jspecify.annotations.NullMarked
package io.meshspan.schedule;

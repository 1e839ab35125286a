/** The clusters that this service may touch, and how this service and the other clusters reach each of them. */
@org.jspecify.annotations.NullMarked
package io.meshspan.inventory;

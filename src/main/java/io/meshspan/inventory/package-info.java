/** The clusters that this service may touch, and how it and the other clusters reach each of them. */
@org.jspecify.annotations.NullMarked
package io.meshspan.inventory;

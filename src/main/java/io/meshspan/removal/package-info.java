/** The removal: finds what Meshspan made of a mesh, lists it, and deletes it in an order that harms nobody. */
@org.jspecify.annotations.NullMarked
package io.meshspan.removal;

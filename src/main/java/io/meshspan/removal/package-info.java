/** The way back: what Meshspan made of a mesh is found, told, and taken away in the order that hurts nobody. */
@org.jspecify.annotations.NullMarked
package io.meshspan.removal;

/** The declared meshes: each as the last verified change left it, with its history. */
@org.jspecify.annotations.NullMarked
package io.meshspan.declared;

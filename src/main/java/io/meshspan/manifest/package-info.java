/** Turns parts of a mesh into the objects that a cluster should hold: by Helm in process, or by istioctl as a child process. */
@org.jspecify.annotations.NullMarked
package io.meshspan.manifest;

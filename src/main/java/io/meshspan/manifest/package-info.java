/** Turns parts of a mesh into the objects for a cluster: with Helm in process, or with istioctl as a child process. */
@org.jspecify.annotations.NullMarked
package io.meshspan.manifest;

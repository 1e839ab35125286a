/** What is left of a change when its service or one of its nodes dies; the whole matrix is off by default. */
@org.jspecify.annotations.NullMarked
package io.meshspan.crash;

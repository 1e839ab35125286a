/** The checks that run first when the service starts, and the explanations of a failed start. */
@org.jspecify.annotations.NullMarked
package io.meshspan.start;

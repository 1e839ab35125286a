/** Describes problems, where they are and what to do about them; and the failures that report findings to a person. */
@org.jspecify.annotations.NullMarked
package io.meshspan.finding;

/** What is wrong, where, and what to do about it; and the failures that carry findings to a person. */
@org.jspecify.annotations.NullMarked
package io.meshspan.finding;

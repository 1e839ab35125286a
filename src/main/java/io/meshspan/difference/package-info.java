/** What differs between two states of an object, field by field, and what of it nobody minds. */
@org.jspecify.annotations.NullMarked
package io.meshspan.difference;

/** Ids, variables and codes that the diagrams and the delegates share. */
@org.jspecify.annotations.NullMarked
package io.meshspan.engine.model;

/** A mesh as a file, in YAML or JSON: what it says, and in which line and column it says something wrong. */
@org.jspecify.annotations.NullMarked
package io.meshspan.meshfile;

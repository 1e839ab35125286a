/** A mesh as a file, in YAML or JSON: its content, and the line and column of each problem. */
@org.jspecify.annotations.NullMarked
package io.meshspan.meshfile;

/** What the log lines and the spans of a piece of work have in common: its change, its mesh and its cluster. */
@org.jspecify.annotations.NullMarked
package io.meshspan.tracing;

/** Context of log lines and spans: change, mesh and cluster. */
@org.jspecify.annotations.NullMarked
package io.meshspan.tracing;

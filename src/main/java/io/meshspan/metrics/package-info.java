/** What the records of changes and the tables tell to Prometheus and OpenTelemetry (docs/monitoring.md). */
@org.jspecify.annotations.NullMarked
package io.meshspan.metrics;

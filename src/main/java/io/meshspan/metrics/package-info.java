/** Metrics and traces for Prometheus and OpenTelemetry, from records and tables (docs/monitoring.md). */
@org.jspecify.annotations.NullMarked
package io.meshspan.metrics;

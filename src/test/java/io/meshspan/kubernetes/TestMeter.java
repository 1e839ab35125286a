package io.meshspan.kubernetes;

import io.meshspan.kubernetes.connection.ApiCallMeter;
import io.meshspan.tracing.ChangeTracer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** For clusters of tests that look at no metrics. */
final class TestMeter {

    static final ApiCallMeter METER = new ApiCallMeter(new SimpleMeterRegistry(), ChangeTracer.off());

    private TestMeter() {}
}

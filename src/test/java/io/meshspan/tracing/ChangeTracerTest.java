package io.meshspan.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.tracing.ChangeTracer.EndedWork;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangeTracerTest {

    private static final String CHANGE = "0f0e0d0c-0b0a-0908-0706-050403020100";
    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

    private final List<SpanData> exported = new CopyOnWriteArrayList<>();

    /** As another process has it, or the same one after a restart. */
    private ChangeTracer node(double share) {
        DerivedIds ids = new DerivedIds();
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setIdGenerator(ids)
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(share)))
                .addSpanProcessor(SimpleSpanProcessor.create(new Exporter()))
                .build();
        return new ChangeTracer(provider.get("test"), ids, share);
    }

    private static EndedWork work(String name, @Nullable String activity, @Nullable String caller) {
        return new EndedWork(
                CHANGE, "mesh1", null, name, activity, caller, START, START.plusSeconds(9), false, Map.of("a", "b"));
    }

    private SpanData span(String name) {
        return exported.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldMakeOneTraceOfAChangeAcrossNodesAndRestarts() {
        // given
        Span attempt = node(1).attempt(CHANGE, "mesh1", "cluster1", "Install control plane", "Call:1");
        WorkScope work = WorkScope.open(CHANGE, "mesh1", "cluster1");

        // when
        try (Scope current = attempt.makeCurrent()) {
            assertThat(current).isNotNull();
            node(1).call("cluster1", "patch", "/api/v1/namespaces/istio-system").end();
        }
        work.close();
        attempt.end();
        node(1).add(work("Install primary", "Call:1", null));
        node(1).add(work("multi-primary", null, null));

        // then
        assertThat(exported)
                .hasSize(4)
                .allSatisfy(span -> assertThat(span.getTraceId()).isEqualTo(CHANGE.replace("-", "")));
        assertThat(span("patch cluster1").getParentSpanId())
                .isEqualTo(span("Install control plane").getSpanId());
        assertThat(span("Install control plane").getParentSpanId())
                .isEqualTo(span("Install primary").getSpanId());
        assertThat(span("Install primary").getParentSpanId())
                .isEqualTo(span("multi-primary").getSpanId());
        assertThat(span("multi-primary").getParentSpanContext().isValid()).isFalse();
        assertThat(span("multi-primary").getEndEpochNanos()
                        - span("multi-primary").getStartEpochNanos())
                .isEqualTo(9_000_000_000L);
    }

    @Test
    void shouldTraceAChangeWholeOrNotAtAll() {
        node(0).attempt(CHANGE, "mesh1", null, "Install control plane", null).end();
        node(0).add(work("multi-primary", null, null));

        assertThat(exported).isEmpty();
    }

    @Test
    void shouldMakeNoSpanOfACallThatIsMadeForNoChange() {
        node(1).call("cluster1", "get", "/version").end();

        assertThat(exported).isEmpty();
    }

    private final class Exporter implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            exported.addAll(spans);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}

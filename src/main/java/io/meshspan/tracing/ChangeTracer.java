package io.meshspan.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Creates the spans of changes: one trace per change. The ids of the trace and its spans are derived from the ids of
 * the change and its activities, so that all nodes add to the same trace, also after a restart. Attributes are names
 * only: no text from a step, a person or an API server.
 */
public final class ChangeTracer {

    static final String CHANGE = "meshspan.change";

    private static final String MESH = "meshspan.mesh";
    private static final String CLUSTER = "meshspan.cluster";

    private final Tracer tracer;
    private final DerivedIds ids;
    private final Sampler sampler;

    ChangeTracer(Tracer tracer, DerivedIds ids, double share) {
        this.tracer = tracer;
        this.ids = ids;
        this.sampler = Sampler.traceIdRatioBased(share);
    }

    /** Makes no spans. */
    public static ChangeTracer off() {
        return new ChangeTracer(OpenTelemetry.noop().getTracer("off"), new DerivedIds(), 0);
    }

    /**
     * An ended part of a change.
     *
     * @param activity the engine's id of the activity; null for the change itself
     * @param caller the engine's id of the calling activity; null for the change itself
     * @param details names, by attribute
     */
    public record EndedWork(
            String change,
            String mesh,
            @Nullable String cluster,
            String name,
            @Nullable String activity,
            @Nullable String caller,
            Instant started,
            Instant ended,
            boolean failed,
            Map<String, String> details) {}

    /** Adds a part that has ended to the trace of its change. */
    public void add(EndedWork work) {
        String trace = DerivedIds.trace(work.change());
        boolean whole = work.activity() == null;
        Context parent = whole ? Context.root() : parent(work.change(), work.caller());
        String id = DerivedIds.span(whole ? work.change() : String.valueOf(work.activity()));
        Span span = ids.use(
                trace,
                id,
                () -> builder(work.change(), work.mesh(), work.cluster(), work.name(), parent)
                        .setStartTimestamp(work.started())
                        .startSpan());
        work.details().forEach(span::setAttribute);
        if (work.failed()) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end(work.ended());
    }

    /** The span of one attempt of a step. The caller makes it current and ends it. */
    public Span attempt(
            String change, String mesh, @Nullable String cluster, String step, @Nullable String callerActivity) {
        return builder(change, mesh, cluster, step, parent(change, callerActivity))
                .startSpan();
    }

    /** The span of a call to an API server, if this thread works for a change. */
    public Span call(String cluster, String verb, String path) {
        Optional<String> change = WorkScope.change();
        if (change.isEmpty() || !Span.current().getSpanContext().isValid()) {
            return Span.getInvalid();
        }
        return tracer.spanBuilder(verb + " " + cluster)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(CHANGE, change.get())
                .setAttribute(CLUSTER, cluster)
                .setAttribute("url.path", path)
                .startSpan();
    }

    private SpanBuilder builder(String change, String mesh, @Nullable String cluster, String name, Context parent) {
        SpanBuilder span = tracer.spanBuilder(name)
                .setParent(parent)
                .setAttribute(CHANGE, change)
                .setAttribute(MESH, mesh);
        return cluster == null ? span : span.setAttribute(CLUSTER, cluster);
    }

    private Context parent(String change, @Nullable String caller) {
        String trace = DerivedIds.trace(change);
        String span = DerivedIds.span(caller == null ? change : caller);
        SpanContext parent = SpanContext.createFromRemoteParent(trace, span, flags(trace), TraceState.getDefault());
        return Context.root().with(Span.wrap(parent));
    }

    /** A change is traced completely, or not at all. */
    private TraceFlags flags(String trace) {
        SamplingDecision decision = sampler.shouldSample(
                        Context.root(), trace, "", SpanKind.INTERNAL, Attributes.empty(), List.of())
                .getDecision();
        return decision == SamplingDecision.RECORD_AND_SAMPLE ? TraceFlags.getSampled() : TraceFlags.getDefault();
    }
}

package io.meshspan.kubernetes.connection;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.meshspan.mesh.ClusterName;
import io.meshspan.tracing.ChangeTracer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Measures each call to an API server until its answer begins, also a repeated one, and adds it to the trace of the change
 * that it is made for. Its series are few: a cluster, a verb and a status; never a path.
 */
@Component
public final class ApiCallMeter {

    private static final String NAME = "meshspan.api.server.request.duration";
    private static final String DESCRIPTION =
            "Time until the answer of an API server begins; code \"none\" if no answer came";
    private static final String NO_ANSWER = "none";
    private static final int FIRST_ERROR = 400;

    /** In seconds; Meshspan gives up after 6 by default. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry registry;
    private final ChangeTracer tracer;

    public ApiCallMeter(MeterRegistry registry, ChangeTracer tracer) {
        this.registry = registry;
        this.tracer = tracer;
    }

    public OfCluster of(ClusterName cluster) {
        return new OfCluster(cluster.value());
    }

    /** The calls to one API server. */
    public final class OfCluster {

        private final String cluster;

        private OfCluster(String cluster) {
            this.cluster = cluster;
        }

        /** The client gives a call up without telling it, so the time of the request is watched here, too. */
        CompletableFuture<HttpResponse<AsyncBody>> measured(
                StandardHttpRequest request, CompletableFuture<HttpResponse<AsyncBody>> answer) {
            String verb = verb(request);
            Span span = tracer.call(cluster, verb, request.uri().getPath());
            Timer.Sample sample = Timer.start(registry);
            CompletableFuture<HttpResponse<AsyncBody>> watched = answer.copy();
            Duration limit = request.getTimeout();
            if (limit != null && !limit.isZero() && !limit.isNegative()) {
                watched = watched.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
            }
            var unused = watched.whenComplete((came, failure) -> ended(verb, sample, span, came));
            return answer;
        }

        private void ended(String verb, Timer.Sample sample, Span span, @Nullable HttpResponse<AsyncBody> answer) {
            String code = answer == null ? NO_ANSWER : String.valueOf(answer.code());
            sample.stop(Timer.builder(NAME)
                    .description(DESCRIPTION)
                    .tag("cluster", cluster)
                    .tag("verb", verb)
                    .tag("code", code)
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry));
            span.setAttribute("http.response.status_code", code);
            if (answer == null || answer.code() >= FIRST_ERROR) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }

        private static String verb(StandardHttpRequest request) {
            String query = request.uri().getQuery();
            boolean watches = query != null && query.contains("watch=true");
            return watches ? "watch" : request.method().toLowerCase(Locale.ROOT);
        }
    }
}

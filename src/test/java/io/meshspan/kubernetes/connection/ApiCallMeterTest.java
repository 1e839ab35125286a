package io.meshspan.kubernetes.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.meshspan.mesh.ClusterName;
import io.meshspan.tracing.ChangeTracer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ApiCallMeterTest {

    private static final String COUNT = "meshspan_api_server_request_duration_seconds_count";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ApiCallMeter.OfCluster meter =
            new ApiCallMeter(registry, ChangeTracer.off()).of(new ClusterName("cluster1"));

    private static StandardHttpRequest request(String path) {
        return (StandardHttpRequest) new StandardHttpRequest.Builder()
                .uri(URI.create("https://127.0.0.1" + path))
                .timeout(20, TimeUnit.MILLISECONDS)
                .build();
    }

    private static HttpResponse<AsyncBody> answer(int code) {
        HttpResponse<AsyncBody> answer = mock();
        when(answer.code()).thenReturn(code);
        return answer;
    }

    private static String series(String code, String verb) {
        return COUNT + "{cluster=\"cluster1\",code=\"%s\",verb=\"%s\"} ".formatted(code, verb);
    }

    @Test
    void shouldMeasureAnswersWithoutASeriesForEachPath() {
        var unused = meter.measured(request("/api/v1/namespaces/one"), CompletableFuture.completedFuture(answer(200)));
        unused = meter.measured(request("/api/v1/namespaces/two"), CompletableFuture.completedFuture(answer(200)));
        unused = meter.measured(request("/api/v1/pods?watch=true"), CompletableFuture.completedFuture(answer(503)));

        assertThat(registry.scrape())
                .contains(series("200", "get") + "2", series("503", "watch") + "1")
                .contains("meshspan_api_server_request_duration_seconds_bucket{cluster=\"cluster1\",code=\"200\"")
                .doesNotContain("namespaces");
    }

    @Test
    void shouldMeasureACallThatFailsAndOneThatTheClientGivesUpWithoutAWord() {
        CompletableFuture<HttpResponse<AsyncBody>> silent = new CompletableFuture<>();

        var unused = meter.measured(request("/version"), CompletableFuture.failedFuture(new IOException("refused")));
        unused = meter.measured(request("/version"), silent);

        await().untilAsserted(() -> assertThat(registry.scrape()).contains(series("none", "get") + "2"));
        assertThat(silent).as("the client's own future").isNotDone();
    }
}

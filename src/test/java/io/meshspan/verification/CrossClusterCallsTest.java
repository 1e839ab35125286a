package io.meshspan.verification;

import static io.meshspan.verification.StubClusters.DEFAULTS;
import static io.meshspan.verification.StubClusters.MULTI_PRIMARY;
import static io.meshspan.verification.StubClusters.ONE;
import static io.meshspan.verification.StubClusters.TWO;
import static io.meshspan.verification.StubClusters.denied;
import static io.meshspan.verification.StubClusters.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.when;

import io.fabric8.kubernetes.api.model.Pod;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Cluster.ExecResult;
import io.meshspan.mesh.ClusterName;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.mockito.stubbing.OngoingStubbing;

class CrossClusterCallsTest {

    private static final String V1 = "Hello version: v1, instance: helloworld-v1-5f6d-abcde\n";
    private static final String V2 = "Hello version: v2, instance: helloworld-v2-7c8d-fghij\n";
    private static final String ROOTS =
            "upstream connect error or disconnect/reset before headers. reset reason: remote"
                    + " connection failure, transport failure reason: TLS_error:|268435581:SSL routines:OPENSSL_internal:"
                    + "CERTIFICATE_VERIFY_FAILED:TLS_error_end";

    private final StubClusters clusters = new StubClusters();
    private final CrossClusterCalls calls = new CrossClusterCalls(clusters, DEFAULTS);

    @Test
    void shouldCountTheAnswersOfEachVersionFromEachCluster() {
        client(clusters.one, V1.repeat(9) + V2.repeat(7));
        client(clusters.two, V2.repeat(15) + V1);

        CallReport report = calls.call(MULTI_PRIMARY);

        assertThat(report.complete()).isTrue();
        assertThat(from(report, ONE).calls()).isEqualTo(16);
        assertThat(from(report, ONE).answers()).isEqualTo(Map.of("v1", 9, "v2", 7));
        assertThat(from(report, TWO).answers()).isEqualTo(Map.of("v1", 1, "v2", 15));
        assertThat(from(report, TWO).problems()).isEmpty();
    }

    @Test
    void shouldNotBeCompleteWhenAVersionStaysSilentInOneCluster() {
        client(clusters.one, V1.repeat(16));
        client(clusters.two, V1.repeat(8) + V2.repeat(8));

        CallReport report = calls.call(MULTI_PRIMARY);

        assertThat(report.complete()).isFalse();
        assertThat(from(report, ONE).answers()).isEqualTo(Map.of("v1", 16, "v2", 0));
    }

    @Test
    void shouldTellAnswersFromProxyTextsThatEndWithoutALineBreak() {
        client(clusters.one, ROOTS + V1 + V1 + ROOTS + ROOTS + V1 + "no healthy upstream" + V1);
        client(clusters.two, V1 + V2);

        ClusterCalls heard = from(calls.call(MULTI_PRIMARY), ONE);

        assertThat(heard.answers()).isEqualTo(Map.of("v1", 4, "v2", 0));
        assertThat(heard.problems()).containsExactly(ROOTS, "no healthy upstream");
    }

    @Test
    void shouldKeepFewAndShortProblemsAndCurlsOwnWords() {
        StringBuilder output = new StringBuilder("x".repeat(1000)).append('\n');
        for (int i = 0; i < 3; i++) {
            output.append("problem ").append(i).append('\n');
        }
        whenCalled(clusters.one)
                .thenReturn(new ExecResult(0, output.toString(), "curl: (28) timed out\n".repeat(9) + "one too many"));
        client(clusters.two, V1 + V2);

        assertThat(from(calls.call(MULTI_PRIMARY), ONE).problems())
                .containsExactly("x".repeat(300), "problem 0", "problem 1", "problem 2", "curl: (28) timed out");
    }

    @Test
    void shouldTimeTheAnswersOfEachVersionAndCountTheCallsWithoutOne() {
        client(
                clusters.one,
                V1 + took("0.003100") + V2 + took("0.020000") + V1 + took("0.000900") + "no healthy upstream"
                        + took("0.001000") + V1 + took("0,120000") + V2 + took("1.5") + took("5.000100"));
        client(clusters.two, V1 + V2);

        ClusterCalls heard = from(calls.call(MULTI_PRIMARY), ONE);

        assertThat(heard.answers()).isEqualTo(Map.of("v1", 3, "v2", 2));
        assertThat(heard.times())
                .isEqualTo(Map.of("v1", new CallLatency(3_100, 120_000), "v2", new CallLatency(20_000, 1_500_000)));
        assertThat(heard.silent()).isEqualTo(2);
        assertThat(heard.problems()).containsExactly("no healthy upstream");
        assertThat(from(calls.call(MULTI_PRIMARY), TWO).times())
                .as("curl told no times")
                .isEmpty();
    }

    private static String took(String seconds) {
        return "\nmeshspan-time=" + seconds + "\n";
    }

    @Test
    void shouldSayWhenExecIsDenied() {
        client(clusters.one, V1 + V2);
        whenCalled(clusters.two).thenThrow(denied("pods/exec in sample"));

        CallReport report = calls.call(MULTI_PRIMARY);

        assertThat(report.complete()).isFalse();
        assertThat(from(report, TWO).notMeasured()).contains("pods/exec in sample");
        assertThat(from(report, ONE).notMeasured()).isNull();
    }

    @Test
    void shouldSayWhenNoClientIsReady() {
        client(clusters.one, V1 + V2);
        when(clusters.two.list(Pod.class, "sample", Map.of("app", "curl")))
                .thenReturn(List.of(pod("curl-1", false, "curl", "istio-proxy")));

        assertThat(from(calls.call(MULTI_PRIMARY), TWO).notMeasured()).contains("sample/curl");
    }

    @Test
    void shouldNotPassOverAnotherFailure() {
        var invalid = Finding.blocking("cluster1", "exec", "accepted", "refused", "See the API server's log.");
        whenCalled(clusters.one).thenThrow(new StepFailed(FailureCode.INVALID, invalid));

        assertThatExceptionOfType(StepFailed.class).isThrownBy(() -> calls.call(MULTI_PRIMARY));
    }

    private static ClusterCalls from(CallReport report, ClusterName cluster) {
        return Objects.requireNonNull(report.from().get(cluster));
    }

    private static void client(Cluster cluster, String output) {
        whenCalled(cluster).thenReturn(new ExecResult(0, output, ""));
    }

    private static OngoingStubbing<ExecResult> whenCalled(Cluster cluster) {
        when(cluster.list(Pod.class, "sample", Map.of("app", "curl")))
                .thenReturn(List.of(pod("curl-1", true, "curl", "istio-proxy")));
        return when(cluster.exec(
                eq("sample"),
                eq("curl-1"),
                eq("curl"),
                any(),
                eq("sh"),
                eq("-c"),
                contains(
                        "for i in $(seq 1 16); do answer=$(curl -sS --max-time 5 -w '\\nmeshspan-time=%{time_total}\\n'"
                                + " helloworld.sample:5000/hello )")));
    }
}

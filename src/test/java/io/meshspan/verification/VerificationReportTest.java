package io.meshspan.verification;

import static io.meshspan.verification.StubClusters.ONE;
import static io.meshspan.verification.StubClusters.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VerificationReportTest {

    private final MeshVerification verification = new MeshVerification(
            mock(ControlPlanesSynced.class),
            mock(SampleDeployment.class),
            mock(SampleReady.class),
            mock(CrossClusterCalls.class));

    @Test
    void shouldBeVerifiedWithoutFindingsWhenAllIsWell() {
        VerificationReport report = verification.report(synced("synced"), calls(heard(9, 7), heard(8, 8)));

        assertThat(report.verified()).isTrue();
        assertThat(report.findings()).isEmpty();
        assertThat(report.text())
                .contains("cluster1: v1 9, v2 7 (at most 16 calls)")
                .contains("cluster1: cluster2 synced");
    }

    @Test
    void shouldNameTheRemoteSecretWhenTheControlPlaneDoesNotSeeTheCluster() {
        VerificationReport report = verification.report(synced("missing"), calls(heard(16, 0), heard(8, 8)));

        assertThat(report.verified()).isFalse();
        assertThat(report.findings()).hasSize(2);
        assertThat(report.findings().get(0).advice()).contains("istio-remote-secret-cluster2");
        assertThat(report.findings().get(1).advice()).contains("istiod of cluster1 does not see cluster2 (missing)");
    }

    @Test
    void shouldTellOfAClusterThatManyControlPlanesLackOnce() {
        TreeMap<ClusterName, ControlPlaneView> readers = new TreeMap<>();
        for (int number = 1; number <= 5; number++) {
            readers.put(
                    new ClusterName("cluster" + number),
                    lacking(
                            number == 1
                                    ? Map.of("cluster9", "timeout", "cluster8", "missing")
                                    : Map.of("cluster9", "timeout")));
        }
        ControlPlaneReport report = new ControlPlaneReport(readers);

        assertThat(report.missing()).isEqualTo(6);
        assertThat(report.findings())
                .extracting(Finding::where, Finding::what)
                .containsExactly(
                        tuple(
                                "cluster9",
                                "view of it that the istiods of cluster1, cluster2, cluster3 and 2 more have"),
                        tuple("cluster1", "istiod's view of cluster8"));
    }

    private static ControlPlaneView lacking(Map<String, String> statuses) {
        TreeMap<ClusterName, String> seen = new TreeMap<>();
        statuses.forEach((cluster, status) -> seen.put(new ClusterName(cluster), status));
        return new ControlPlaneView(List.copyOf(seen.keySet()), new TreeMap<>(Map.of("istiod-1", seen)), null);
    }

    @Test
    void shouldNotBeVerifiedWhenEverythingAnswersButAControlPlaneIsNotInSync() {
        assertThat(verification
                        .report(synced("timeout"), calls(heard(8, 8), heard(8, 8)))
                        .verified())
                .isFalse();
    }

    @Test
    void shouldNameTheRootsWhenCertificatesAreRefused() {
        assertThat(advice(heard(16, 0, "upstream connect error ... CERTIFICATE_VERIFY_FAILED")))
                .contains("roots differ");
    }

    @Test
    void shouldNameTheGatewayWhenTheOtherNetworkCannotBeReached() {
        assertThat(advice(heard(16, 0, "upstream connect error or disconnect/reset before headers")))
                .contains("cross-network-gateway");
    }

    @Test
    void shouldNameRoutingAndLocalityWhenNothingFailedAndOnlyTheLocalVersionAnswers() {
        assertThat(advice(heard(16, 0))).contains("locality load balancing");
    }

    @Test
    void shouldNameInjectionWhenTheClientHasNoProxy() {
        var bare = new ClusterCalls(ONE, 16, Map.of("v1", 16, "v2", 0), List.of(), false, null);

        assertThat(advice(bare)).contains("istio-proxy");
    }

    @Test
    void shouldSayWhatWasNotMeasured() {
        var refused = new ClusterCalls(ONE, 16, Map.of(), List.of(), false, "pods/exec is forbidden");

        VerificationReport report = verification.report(synced("synced"), calls(refused, heard(8, 8)));

        assertThat(report.verified()).isFalse();
        assertThat(report.text()).contains("cluster1: not measured: pods/exec is forbidden");
        assertThat(report.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).contains("pods/exec is forbidden"));
    }

    @Test
    void shouldSurviveJson() throws Exception {
        ObjectMapper json = new ObjectMapper();
        VerificationReport report =
                verification.report(synced("syncing"), calls(heard(16, 0, "no healthy upstream"), heard(8, 8)));

        String written = json.writeValueAsString(report);

        assertThat(json.readTree(written).get("verified").asBoolean(true)).isFalse();
        assertThat(json.readValue(written, VerificationReport.class)).isEqualTo(report);
    }

    private String advice(ClusterCalls fromOne) {
        List<Finding> findings = verification
                .report(synced("synced"), calls(fromOne, heard(8, 8)))
                .findings();
        assertThat(findings).hasSize(1);
        return findings.get(0).advice();
    }

    private static ControlPlaneReport synced(String oneSeesTwo) {
        var one = new ControlPlaneView(
                List.of(TWO), new TreeMap<>(Map.of("istiod-a", new TreeMap<>(Map.of(TWO, oneSeesTwo)))), null);
        var two = new ControlPlaneView(
                List.of(ONE), new TreeMap<>(Map.of("istiod-b", new TreeMap<>(Map.of(ONE, "synced")))), null);
        return new ControlPlaneReport(new TreeMap<>(Map.of(ONE, one, TWO, two)));
    }

    private static CallReport calls(ClusterCalls one, ClusterCalls two) {
        return new CallReport(
                "helloworld.sample:5000/hello",
                true,
                new TreeMap<>(Map.of(ONE, "v1", TWO, "v2")),
                new TreeMap<>(Map.of(ONE, one, TWO, two)));
    }

    private static ClusterCalls heard(int v1, int v2, String... problems) {
        var answers = new LinkedHashMap<String, Integer>();
        answers.put("v1", v1);
        answers.put("v2", v2);
        return new ClusterCalls(ONE, 16, answers, List.of(problems), true, null);
    }
}

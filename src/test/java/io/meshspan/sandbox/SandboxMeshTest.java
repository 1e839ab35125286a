package io.meshspan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.meshspan.sandbox.GuidedMesh.Step;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SandboxMeshTest {

    private static final List<String> TWO = List.of("cluster1", "cluster2");
    private final Sandbox sandbox = Sandbox.start(fast("cluster1", "network1"), fast("cluster2", "network2"));

    private static SandboxCluster fast(String name, String network) {
        return SandboxCluster.named(name, network)
                .podDelay(Duration.ofMillis(20))
                .addressDelay(Duration.ofMillis(20));
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void shouldHearBothVersionsFromEachClusterWhenEveryStepWasTaken() {
        GuidedMesh mesh = new GuidedMesh(sandbox, TWO).install();
        for (String cluster : TWO) {
            assertThat(mesh.call(cluster).lines())
                    .hasSize(16)
                    .allMatch(line -> line.startsWith("Hello version: "))
                    .anyMatch(line -> line.contains("v1"))
                    .anyMatch(line -> line.contains("v2"));
        }
    }

    @Test
    void shouldHearEveryVersionFromEachOfThreeClustersOfWhichTwoShareANetwork() {
        try (Sandbox three = Sandbox.start(fast("a", "n1"), fast("b", "n1"), fast("c", "n2"))) {
            GuidedMesh mesh = new GuidedMesh(three, List.of("a", "b", "c")).install();
            for (String cluster : List.of("a", "b", "c")) {
                assertThat(mesh.call(cluster)).contains("v1,", "v2,", "v3,").doesNotContain("upstream");
            }
        }
    }

    @Test
    void shouldRefuseTheOtherVersionWithoutACommonRoot() {
        GuidedMesh mesh = new GuidedMesh(sandbox, TWO, Step.TRUST).install();
        assertThat(mesh.call("cluster1"))
                .contains("v1,", "CERTIFICATE_VERIFY_FAILED")
                .doesNotContain("v2");
        assertThat(mesh.call("cluster2"))
                .contains("v2,", "CERTIFICATE_VERIFY_FAILED")
                .doesNotContain("v1");
    }

    @Test
    void shouldRefuseTheOtherVersionWithoutAGateway() {
        GuidedMesh mesh = new GuidedMesh(sandbox, TWO, Step.GATEWAY).install();
        assertThat(mesh.call("cluster1"))
                .contains("v1,", "upstream connect error")
                .doesNotContain("v2");
        assertThat(mesh.call("cluster2"))
                .contains("v2,", "upstream connect error")
                .doesNotContain("v1");
    }

    @Test
    void shouldRefuseTheOtherVersionWhenServicesAreNotExposed() {
        GuidedMesh mesh = new GuidedMesh(sandbox, TWO, Step.EXPOSE).install();
        assertThat(mesh.call("cluster1"))
                .contains("v1,", "upstream connect error")
                .doesNotContain("v2");
        assertThat(mesh.call("cluster2"))
                .contains("v2,", "upstream connect error")
                .doesNotContain("v1");
    }

    @Test
    void shouldNotKnowTheOtherVersionWithoutItsRemoteSecret() {
        GuidedMesh mesh = new GuidedMesh(sandbox, TWO, Step.REMOTE_SECRETS).install();
        mesh.remoteSecret("cluster2", "cluster1");
        assertThat(mesh.call("cluster1")).contains("v1,").doesNotContain("v2", "upstream");
        assertThat(mesh.call("cluster2")).contains("v1,", "v2,");
    }

    @Test
    void shouldKeepTheRootThatIstiodStartedWithUntilItStartsAgain() {
        GuidedMesh mesh = new GuidedMesh(sandbox, TWO).install();
        KubernetesClient client = sandbox.client("cluster1");
        String other = SelfSigned.authority("O=Istio, CN=Another Root CA");
        client.resource(GuidedMesh.cacerts(other))
                .fieldManager("guide")
                .forceConflicts()
                .serverSideApply();
        assertThat(mesh.call("cluster1")).contains("v1,", "v2,");

        client.apps()
                .deployments()
                .inNamespace("istio-system")
                .withName("istiod")
                .rolling()
                .restart();
        client.configMaps()
                .inNamespace("sample")
                .withName("istio-ca-root-cert")
                .waitUntilCondition(map -> other.equals(map.getData().get("root-cert.pem")), 60, TimeUnit.SECONDS);
        assertThat(mesh.call("cluster1")).contains("v1,", "CERTIFICATE_VERIFY_FAILED");
    }

    @Test
    void shouldReportEveryRemoteClusterAndWhetherItsTokenIsGood() throws Exception {
        new GuidedMesh(sandbox, TWO).install();
        assertThat(clusters("cluster1", 8080).toString())
                .isEqualTo("[{\"id\":\"cluster1\",\"secretName\":\"\",\"syncStatus\":\"synced\"},"
                        + "{\"id\":\"cluster2\",\"secretName\":\"istio-system/istio-remote-secret-cluster2\","
                        + "\"syncStatus\":\"synced\"}]");

        sandbox.client("cluster2")
                .secrets()
                .inNamespace("istio-system")
                .withName("istio-reader-service-account-istio-remote-secret-token")
                .delete();

        assertThat(clusters("cluster1", 15014).path(1).path("syncStatus").asText())
                .isEqualTo("timeout");
    }

    private JsonNode clusters(String cluster, int port) throws Exception {
        KubernetesClient client = sandbox.client(cluster);
        String pod = client.pods()
                .inNamespace("istio-system")
                .withLabel("app", "istiod")
                .list()
                .getItems()
                .get(0)
                .getMetadata()
                .getName();
        try (LocalPortForward forward =
                client.pods().inNamespace("istio-system").withName(pod).portForward(port)) {
            URI uri = URI.create("http://127.0.0.1:" + forward.getLocalPort() + "/debug/clusterz");
            return Json.parse(HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body());
        }
    }

    @Test
    void shouldStayArmedWhenTheChartsAreAppliedAgain() {
        GuidedMesh mesh = new GuidedMesh(sandbox, TWO).install();
        mesh.install();
        KubernetesClient client = sandbox.client("cluster1");
        client.admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .withName("istio-validator-istio-system")
                .waitUntilCondition(
                        live -> live.getWebhooks().stream()
                                .allMatch(hook -> hook.getFailurePolicy().equals("Fail")),
                        5,
                        TimeUnit.SECONDS);
        assertThat(mesh.call("cluster1")).contains("v1,", "v2,");
    }

    @Test
    void shouldLetNoOtherClustersTokenOrNamePassForASync() throws Exception {
        new GuidedMesh(sandbox, TWO, Step.REMOTE_SECRETS).install();
        sandbox.client("cluster1")
                .resource(GuidedMesh.remoteSecret(
                        "cluster2",
                        sandbox.apiServer("cluster2"),
                        Map.of(
                                "token",
                                Base64.getEncoder().encodeToString("not-a-token".getBytes(StandardCharsets.UTF_8)))))
                .create();
        assertThat(clusters("cluster1", 8080).path(1).path("syncStatus").asText())
                .isEqualTo("timeout");
    }

    @Test
    void shouldArmTheWebhooksOnceIstiodRuns() {
        new GuidedMesh(sandbox, List.of("cluster1")).install();
        KubernetesClient client = sandbox.client("cluster1");
        var injector = client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName("istio-sidecar-injector")
                .get();
        var validator = client.admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .withName("istio-validator-istio-system")
                .get();
        assertThat(injector.getWebhooks())
                .hasSize(4)
                .allMatch(hook -> !hook.getClientConfig().getCaBundle().isEmpty());
        assertThat(validator.getWebhooks())
                .allMatch(hook -> hook.getFailurePolicy().equals("Fail"));
    }
}

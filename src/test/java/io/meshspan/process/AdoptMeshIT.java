package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.drift.DriftRecords.LastCheck;
import io.meshspan.drift.DriftedObject;
import io.meshspan.mesh.Topology;
import io.meshspan.process.drift.DriftWatch;
import io.meshspan.sandbox.InstalledMesh;
import io.meshspan.sandbox.InstalledMesh.Tool;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Meshes that others installed become declared ones, and no pod of theirs restarts. */
class AdoptMeshIT {

    private static final String PART_OF = "applyset.kubernetes.io/part-of";

    @Test
    void shouldAdoptAMeshOfHelmsWithItsValuesAndLeaveWhatDiffers() {
        // given
        ProcessFleet fleet = TestApplication.take();
        installed(fleet, Tool.HELM)
                .with("istiod", "autoscaleMin", 2)
                .with("gateway", "service.annotations.team", "mesh")
                .install();
        surge(fleet.second(), "50%");
        Map<String, String> pods = pods(fleet);

        // when
        PlayedChange change = adopt(fleet, Map.of("meshId", fleet.mesh()));
        String plan = change.shown("Approve adopting " + fleet.mesh(), "plan");
        change.approve("carla");

        // then
        assertThat(change.end()).isEqualTo("EndEvent_MeshVerified");
        assertThat(plan)
                .contains(
                        "Helm releases istio-base (chart base 1.30.3), istio-eastwestgateway (chart gateway 1.30.3), istiod",
                        "Do not run `helm upgrade`",
                        "Deployment istio-system/istiod",
                        "`spec.strategy.rollingUpdate.maxSurge`: `50%`, not `100%`",
                        "ConfigMap istio-system/meshspan-" + fleet.mesh());
        assertThat(pods(fleet)).isEqualTo(pods);
        assertThat(change.records())
                .anyMatch(record -> record.contains("pods before the adoption: RECORDED 4 pods"))
                .anyMatch(record -> record.contains("pods after the adoption: AS_BEFORE 4 pods"))
                .anyMatch(record -> record.contains("differences of the adopted mesh: ACCEPTED"));
        DeclaredMesh declared = declared(fleet);
        assertThat(declared.state()).isEqualTo(DeclaredMesh.State.VERIFIED);
        assertThat(declared.origin()).isEqualTo("adopt");
        assertThat(declared.roots()).hasSize(1);
        assertThat(declared.mesh().topology()).isEqualTo(Topology.MULTI_PRIMARY_MULTI_NETWORK);
        assertThat(declared.values()).contains("autoscaleMin: 2", "team: mesh");
        HasMetadata istiod = deployment(fleet.first());
        assertThat(istiod.getMetadata().getLabels()).containsKey(PART_OF);
        assertThat(deployment(fleet.second())
                        .getSpec()
                        .getStrategy()
                        .getRollingUpdate()
                        .getMaxSurge()
                        .getStrVal())
                .isEqualTo("50%");
        LastCheck drift = check(fleet);
        assertThat(drift.open().items()).extracting(DriftedObject::toString).isEmpty();
        assertThat(drift.settled()).isPositive();

        // when it is asked for again
        assertThatThrownBy(() -> adopt(fleet, Map.of()))
                .hasMessageContaining("expected a mesh that is not declared, found declared in version 1 (verified)");
    }

    @Test
    void shouldAdoptAPrimaryWithARemoteOfIstioctls() {
        ProcessFleet fleet = TestApplication.takeOnOneNetwork(2);
        new InstalledMesh(
                        TestApplication.SANDBOX,
                        fleet.mesh(),
                        Tool.ISTIOCTL,
                        List.of(fleet.first()),
                        List.of(fleet.second()))
                .install();
        String token = tokenThatEnds(fleet);
        Map<String, String> pods = pods(fleet);

        PlayedChange change = adopt(fleet, Map.of());
        String plan = change.shown("Approve adopting " + fleet.mesh(), "plan");
        String findings = change.shown("Approve adopting " + fleet.mesh(), "findings");
        change.approve("carla");

        assertThat(change.end()).isEqualTo("EndEvent_MeshVerified");
        assertThat(plan)
                .contains(fleet.second() + " (remote of " + fleet.first(), "with a token that ends at")
                .doesNotContain("helm upgrade")
                .doesNotContain(token);
        assertThat(findings)
                .contains("credential in the remote secret for " + fleet.second(), "tokenExpiration 24h")
                .doesNotContain(token);
        assertThat(pods(fleet)).isEqualTo(pods);
        assertThat(declared(fleet).mesh().topology()).isEqualTo(Topology.PRIMARY_REMOTE);
        assertThat(check(fleet).open().items())
                .extracting(DriftedObject::toString)
                .isEmpty();

        // when the token is replaced that nobody can end
        PlayedChange rotation = PlayedChange.request(
                TestApplication.ENGINE,
                "olivia",
                "rotate-remote-tokens",
                fleet.mesh(),
                Map.of("mesh", fleet.mesh(), "tokenExpiration", "24h", "reason", "a test"));
        rotation.approve("carla");

        // then
        assertThat(rotation.end()).isEqualTo("EndEvent_MeshVerified");
        assertThat(rotation.records())
                .anyMatch(record -> record.contains("old credential of %s: NOT_ENDED".formatted(fleet.second())))
                .noneMatch(record -> record.contains("old token of " + fleet.second()));
        assertThat(check(fleet).open().items())
                .extracting(DriftedObject::toString)
                .isEmpty();
    }

    /** In the remote secret, as a pipeline requests it: bound to a Secret that is no one of Istio's. */
    private static String tokenThatEnds(ProcessFleet fleet) {
        KubernetesClient read = client(fleet.second());
        var unused = read.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("of-the-pipeline")
                        .withNamespace("istio-system")
                        .endMetadata()
                        .build())
                .create();
        String token = read.serviceAccounts()
                .inNamespace("istio-system")
                .withName("istio-reader-service-account")
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(Duration.ofHours(24).toSeconds())
                        .withNewBoundObjectRef("v1", "Secret", "of-the-pipeline", null)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        var unusedToo = client(fleet.first())
                .secrets()
                .inNamespace("istio-system")
                .withName("istio-remote-secret-" + fleet.second())
                .edit(secret -> {
                    secret.getData().computeIfPresent(fleet.second(), (key, kubeconfig) -> with(token, kubeconfig));
                    return secret;
                });
        return token;
    }

    private static String with(String token, String kubeconfig) {
        String text = new String(Base64.getDecoder().decode(kubeconfig), StandardCharsets.UTF_8)
                .replaceAll("token: \\S+", "token: " + token);
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldGiveEverythingBack() {
        // given
        ProcessFleet fleet = TestApplication.take();
        installed(fleet, Tool.HELM).install();
        Map<String, String> pods = pods(fleet);
        PlayedChange change = adopt(fleet, Map.of());
        change.shown("Approve adopting " + fleet.mesh(), "plan");
        fleet.cluster(fleet.second()).deny("patch", "horizontalpodautoscalers");
        change.approve("carla");
        String failure = change.shown("Decide how to go on", "failureText");
        fleet.cluster(fleet.second()).allowAll();

        // when
        change.decide("oscar", "Decide how to go on", Map.of("decision", "rollBack", "comment", "not today"));

        // then
        assertThat(change.end()).isEqualTo("EndEvent_ChangeRolledBack");
        assertThat(failure).contains("horizontalpodautoscalers");
        assertThat(pods(fleet)).isEqualTo(pods);
        for (String cluster : fleet.clusters()) {
            assertThat(TestApplication.SANDBOX.objects(cluster).toString()).doesNotContain(PART_OF);
        }
        assertThat(TestApplication.CONTEXT.getBean(DeclaredMeshes.class).find(fleet.mesh()))
                .isEmpty();
    }

    @Test
    void shouldSayEverythingThatStandsAgainstIt() {
        ProcessFleet fleet = TestApplication.take(3);
        new InstalledMesh(
                        TestApplication.SANDBOX,
                        fleet.mesh(),
                        Tool.HELM,
                        List.of(fleet.first(), fleet.second()),
                        List.of())
                .install();
        new InstalledMesh(TestApplication.SANDBOX, "another", Tool.HELM, List.of(fleet.third()), List.of()).install();

        assertThatThrownBy(() -> adopt(fleet, Map.of()))
                .hasMessageContaining(
                        "clusters, mesh ID: expected one for the whole mesh, found another in " + fleet.third())
                .hasMessageContaining("clusters, root certificate: expected one for the whole mesh");
        assertThatThrownBy(() -> adopt(fleet, Map.of("clusters", fleet.first())))
                .hasMessageContaining("remote secret for " + fleet.second());
        assertThatThrownBy(() -> adopt(fleet, Map.of("clusters", "nowhere", "istioVersion", "1.30.3")))
                .hasMessageContaining("clusters: expected clusters of the inventory")
                .hasMessageContaining("istioVersion");
        assertThatThrownBy(() ->
                        adopt(fleet, Map.of("clusters", fleet.first() + "," + fleet.second(), "meshId", "another")))
                .hasMessageContaining("meshId: expected '%s', as these clusters have it".formatted(fleet.mesh()));
    }

    private static InstalledMesh installed(ProcessFleet fleet, Tool tool) {
        return new InstalledMesh(TestApplication.SANDBOX, fleet.mesh(), tool, fleet.clusters(), List.of());
    }

    private static PlayedChange adopt(ProcessFleet fleet, Map<String, Object> more) {
        Map<String, Object> inputs =
                new TreeMap<>(Map.of("clusters", String.join(",", fleet.clusters()), "reason", "a test"));
        inputs.putAll(more);
        return PlayedChange.request(TestApplication.ENGINE, "olivia", "adopt-mesh", fleet.mesh(), inputs);
    }

    private static void surge(String cluster, String surge) {
        var unused = client(cluster)
                .apps()
                .deployments()
                .inNamespace("istio-system")
                .withName("istiod")
                .edit(istiod -> new DeploymentBuilder(istiod)
                        .editSpec()
                        .editStrategy()
                        .editRollingUpdate()
                        .withNewMaxSurge(surge)
                        .endRollingUpdate()
                        .endStrategy()
                        .endSpec()
                        .build());
    }

    private static Deployment deployment(String cluster) {
        return client(cluster)
                .apps()
                .deployments()
                .inNamespace("istio-system")
                .withName("istiod")
                .get();
    }

    private static Map<String, String> pods(ProcessFleet fleet) {
        Map<String, String> pods = new TreeMap<>();
        fleet.clusters()
                .forEach(cluster -> client(cluster)
                        .pods()
                        .inNamespace("istio-system")
                        .list()
                        .getItems()
                        .forEach(pod -> pods.put(
                                cluster + "/" + pod.getMetadata().getName(),
                                pod.getMetadata().getUid())));
        return pods;
    }

    private static KubernetesClient client(String cluster) {
        return TestApplication.SANDBOX.client(cluster);
    }

    private static DeclaredMesh declared(ProcessFleet fleet) {
        return TestApplication.CONTEXT
                .getBean(DeclaredMeshes.class)
                .find(fleet.mesh())
                .orElseThrow();
    }

    private static LastCheck check(ProcessFleet fleet) {
        DriftWatch watch = TestApplication.CONTEXT.getBean(DriftWatch.class);
        return await().atMost(30, TimeUnit.SECONDS)
                .until(() -> watch.ask(fleet.mesh()).get(60, TimeUnit.SECONDS), Optional::isPresent)
                .orElseThrow();
    }
}

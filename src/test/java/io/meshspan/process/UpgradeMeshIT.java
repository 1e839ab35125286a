package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.DeclaredMesh.State;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.sandbox.Workloads;
import io.meshspan.sandbox.Write;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.spin.plugin.variable.SpinValues;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A mesh in use, brought to a newer version wave by wave. */
class UpgradeMeshIT {

    private static final List<String> ENDS =
            List.of("EndEvent_MeshVerified", "EndEvent_ChangeRolledBack", "EndEvent_ChangeStopped");

    private final ProcessFleet fleet = TestApplication.take();

    @Test
    void shouldMoveAMeshInUseToTheNewerVersion() {
        installed(Map.of());
        workload(fleet.first(), "shop", "web");
        workload(fleet.second(), "shop", "web");
        assertThat(revisions(fleet.first(), "shop")).containsOnlyKeys("default");

        // when
        PlayedChange upgrade = start(Map.of("istioVersion", "1.30.3"));
        String plan = upgrade.shown("Approve upgrade of %s to Istio 1.30.3".formatted(fleet.mesh()), "plan");
        upgrade.approve("carla");

        // then
        assertThat(plan)
                .contains("istiod-1-30-3", "Namespace shop", "istio-injection", "Deployment shop/web", "restartedAt")
                .containsPattern("delete[^#]*Deployment istio-system/istiod");
        assertThat(upgrade.shown("Choose next wave", "left"))
                .isEqualTo("%s/shop, %s/shop".formatted(fleet.first(), fleet.second()));
        assertThat(upgrade.shown("Choose next wave", "figures")).contains("| %s | ".formatted(fleet.first()));

        // when
        upgrade.decide("olivia", "Choose next wave", wave("wave", "move", fleet.first() + "/shop"));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> upgrade.shown("Choose next wave", "left").equals(fleet.second() + "/shop"));

        // then
        assertThat(revisions(fleet.first(), "shop")).containsOnlyKeys("1-30-3");
        assertThat(revisions(fleet.second(), "shop")).containsOnlyKeys("default");

        // when
        assertThatThrownBy(() ->
                        upgrade.decide("olivia", "Choose next wave", Map.of("decision", "percent", "percent", "33")))
                .hasMessageContaining("percent: expected 75 or 100, found \"33\"");
        assertThat(upgrade.shown("Choose next wave", "shares"))
                .isEqualTo(
                        "75 %% (2 of 2): %s/shop; 100 %% (2 of 2): %s/shop".formatted(fleet.second(), fleet.second()));
        upgrade.decide("olivia", "Choose next wave", Map.of("decision", "percent", "percent", "75"));

        // then
        assertThat(end(upgrade)).isEqualTo("EndEvent_MeshVerified");
        assertThat(revisions(fleet.second(), "shop")).containsOnlyKeys("1-30-3");
        assertThat(names(fleet.first(), "istio-system"))
                .contains("istiod-1-30-3")
                .doesNotContain("istiod");
        DeclaredMesh declared = declared();
        assertThat(declared.state()).isEqualTo(State.VERIFIED);
        assertThat(declared.mesh().version()).hasToString("1.30.3");
        assertThat(declared.mesh().revision()).hasToString("1-30-3");
        assertThat(declared.mesh().isUpgrade()).isFalse();

        // and a second installation of what is declared finds nothing to do
        List<Write> before = writes();
        PlayedChange again = PlayedChange.request(
                TestApplication.ENGINE,
                "olivia",
                "multi-primary-multi-network",
                fleet.mesh(),
                more(Map.of("istioVersion", "1.30.3", "revision", "1-30-3", "defaultTag", true)));
        again.approve("carla");
        assertThat(end(again)).isEqualTo("EndEvent_MeshVerified");
        assertThat(writes()).isEqualTo(before);
    }

    @Test
    void shouldUpgradeInPlaceOneClusterAfterTheOther() {
        Map<String, Object> inputs = fleet.inputs();
        inputs.putAll(Map.of("istioVersion", "1.29.6", "primary", fleet.first()));
        PlayedChange installed = PlayedChange.request(
                        TestApplication.ENGINE, "olivia", "primary-remote-multi-network", fleet.mesh(), inputs)
                .within(Duration.ofMinutes(4));
        installed.approve("carla");
        assertThat(end(installed)).isEqualTo("EndEvent_MeshVerified");
        workload(fleet.second(), "shop", "web");

        // when
        inputs.put("istioVersion", "1.30.3");
        PlayedChange atOnce = PlayedChange.request(
                        TestApplication.ENGINE, "olivia", "primary-remote-multi-network", fleet.mesh(), inputs)
                .within(Duration.ofMinutes(4));
        assertThat(atOnce.shown("Decide how to go on", "failureText")).contains("upgrade-in-place");
        atOnce.decide("olivia", "Decide how to go on", Map.of("decision", "stop"));
        assertThat(atOnce.end()).isEqualTo("EndEvent_PreparationStopped");
        assertThat(List.of("upgrade-in-place", "upgrade-mesh"))
                .allSatisfy(process -> assertThat(
                                start("plan-change", Map.of("planOf", process, "istioVersion", "1.30.3"))
                                        .end())
                        .isEqualTo("EndEvent_PlanComputed"));
        PlayedChange upgrade = start("upgrade-in-place", Map.of("istioVersion", "1.30.3"));
        String plan = upgrade.shown("Approve upgrade of %s to Istio 1.30.3".formatted(fleet.mesh()), "plan");
        upgrade.approve("carla");

        // then
        assertThat(plan)
                .containsSubsequence(
                        "1. CRDs and roles",
                        "2. %s".formatted(fleet.first()),
                        "istiod restarts",
                        "gateway restarts",
                        "3. %s".formatted(fleet.second()),
                        "Workloads keep the proxies of Istio 1.29.6");
        assertThat(end(upgrade)).isEqualTo("EndEvent_MeshVerified");
        assertThat(declared().state()).isEqualTo(State.VERIFIED);
        assertThat(declared().mesh().version()).hasToString("1.30.3");
        assertThat(declared().mesh().replaces()).isNull();
        assertThat(upgrade.records().stream()
                        .filter(record -> record.contains("proxies of mesh"))
                        .toList())
                .hasSize(3)
                .first()
                .asString()
                .contains("| %s | 3 | 3 of 1.29.6 |".formatted(fleet.second()));
        assertThat(upgrade.records().stream()
                        .filter(record -> record.contains("Deployment istio-system/istio"))
                        .map(record -> record.substring(0, record.indexOf(": "))))
                .containsSubsequence(
                        "Install control plane, %s, Deployment istio-system/istiod".formatted(fleet.first()),
                        "Install east-west gateway, %s, Deployment istio-system/istio-eastwestgateway"
                                .formatted(fleet.first()),
                        "Install east-west gateway, %s, Deployment istio-system/istio-eastwestgateway"
                                .formatted(fleet.second()));
    }

    @Tag("slow")
    @Test
    void shouldRollBackWithWorkloadsOnBothRevisions() {
        installed(Map.of("defaultTag", true));
        workload(fleet.first(), "shop", "web");
        Map<String, String> labels = labels(fleet.first(), "shop");
        PlayedChange upgrade = start(Map.of("istioVersion", "1.30.3"));
        upgrade.approve("carla");
        assertThat(upgrade.shown("Choose next wave", "left")).isEqualTo(fleet.first() + "/tag default");
        workload(fleet.second(), "late", "web");

        // when
        upgrade.decide("olivia", "Choose next wave", wave("wave", "move", fleet.first() + "/tag default"));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> upgrade.shown("Choose next wave", "moved").equals(fleet.first() + "/tag default"));
        assertThat(revisions(fleet.first(), "shop")).containsOnlyKeys("1-30-3");

        // and when
        upgrade.decide("olivia", "Choose next wave", Map.of("decision", "rollBack"));

        // then
        assertThat(end(upgrade)).isEqualTo("EndEvent_ChangeRolledBack");
        assertThat(revisions(fleet.first(), "shop")).containsOnlyKeys("default");
        assertThat(labels(fleet.first(), "shop")).isEqualTo(labels);
        assertThat(names(fleet.first(), "istio-system")).contains("istiod").doesNotContain("istiod-1-30-3");
        assertThat(declared().mesh().version()).hasToString("1.29.6");
        assertThat(declared().state()).isEqualTo(State.VERIFIED);
    }

    /** Without what a change keeps for its roll back, which goes after its end. */
    private List<Write> writes() {
        return fleet.writes().stream()
                .filter(write -> !"kube-system".equals(write.namespace()))
                .toList();
    }

    private void installed(Map<String, Object> extra) {
        PlayedChange installed = fleet.request("multi-primary-multi-network", with(extra, "istioVersion", "1.29.6"))
                .within(Duration.ofMinutes(4));
        installed.approve("carla");
        assertThat(end(installed)).isEqualTo("EndEvent_MeshVerified");
    }

    /** Fails with the question if a person is asked how to go on. */
    private static String end(PlayedChange change) {
        PlayedChange patient = change.within(Duration.ofMinutes(4));
        await().atMost(Duration.ofMinutes(4)).until(() -> {
            if (!patient.tasks("Decide how to go on").isEmpty()) {
                throw new AssertionError(patient.shown("Decide how to go on", "failureText"));
            }
            return patient.activities().stream().anyMatch(ENDS::contains);
        });
        return patient.end();
    }

    private PlayedChange start(Map<String, Object> fields) {
        return start("upgrade-mesh", fields);
    }

    private PlayedChange start(String process, Map<String, Object> fields) {
        Map<String, Object> inputs = new HashMap<>(fields);
        inputs.put("mesh", fleet.mesh());
        inputs.put("reason", "a test");
        return PlayedChange.request(TestApplication.ENGINE, "olivia", process, fleet.mesh(), inputs)
                .within(Duration.ofMinutes(4));
    }

    private Map<String, Object> more(Map<String, Object> extra) {
        Map<String, Object> inputs = fleet.inputs();
        inputs.putAll(extra);
        return inputs;
    }

    private static Map<String, Object> with(Map<String, Object> extra, String name, Object value) {
        Map<String, Object> all = new HashMap<>(extra);
        all.put(name, value);
        return all;
    }

    private static Map<String, Object> wave(String field, String decision, String item) {
        return Map.of(
                "decision",
                decision,
                field,
                SpinValues.jsonValue("[\"" + item + "\"]").create());
    }

    private DeclaredMesh declared() {
        return TestApplication.CONTEXT
                .getBean(DeclaredMeshes.class)
                .find(fleet.mesh())
                .orElseThrow();
    }

    private static KubernetesClient client(String cluster) {
        return TestApplication.SANDBOX.client(cluster);
    }

    private static Map<String, String> labels(String cluster, String namespace) {
        return client(cluster)
                .namespaces()
                .withName(namespace)
                .get()
                .getMetadata()
                .getLabels();
    }

    private static List<String> names(String cluster, String namespace) {
        return client(cluster).apps().deployments().inNamespace(namespace).list().getItems().stream()
                .map(deployment -> deployment.getMetadata().getName())
                .toList();
    }

    private static Map<String, Long> revisions(String cluster, String namespace) {
        return client(cluster).pods().inNamespace(namespace).list().getItems().stream()
                .collect(Collectors.groupingBy(
                        pod -> pod.getMetadata().getAnnotations().getOrDefault("istio.io/rev", ""),
                        Collectors.counting()));
    }

    private static void workload(String cluster, String namespace, String name) {
        client(cluster).resource(Workloads.injected(namespace)).create();
        client(cluster)
                .resource(Workloads.deployment(namespace, name, "example.org/web:1"))
                .create();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> client(cluster).pods().inNamespace(namespace).list().getItems().stream()
                                .filter(UpgradeMeshIT::ready)
                                .count()
                        == 2);
    }

    private static boolean ready(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }
}

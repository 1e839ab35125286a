package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.meshspan.DemoUsers;
import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.ChainedRecord;
import io.meshspan.audit.ChangeSummary;
import io.meshspan.audit.Changes;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.sandbox.AddressKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngines;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.http.HttpStatus;

/** A change that went wrong is taken back: what it made is gone, what it wrote over is as before, the rest is untouched. */
class RollBackIT {

    private static final String MAIN = "multi-primary-multi-network";
    private static final String DECIDE = "Decide how to go on";
    private static final String ROLLED_BACK = "EndEvent_ChangeRolledBack";
    private static final Duration A_WHILE = Duration.ofSeconds(20);
    private static final Map<String, Object> ROLL_BACK = Map.of("decision", "rollBack", "comment", "not today");

    @ParameterizedTest
    @ValueSource(strings = {"multi-primary-multi-network", "primary-remote-multi-network"})
    void shouldLeaveTheClustersAsTheyWereBeforeAChangeThatWasRefused(String topology) {
        leaveTheClustersAsTheyWereBeforeAChangeThatWasRefused(topology);
    }

    /** These two take fewer of the same steps. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"multi-primary", "primary-remote"})
    void shouldLeaveTheClustersAsTheyWereBeforeAChangeThatWasRefusedOnOneNetwork(String topology) {
        leaveTheClustersAsTheyWereBeforeAChangeThatWasRefused(topology);
    }

    private static void leaveTheClustersAsTheyWereBeforeAChangeThatWasRefused(String topology) {
        // given
        ProcessFleet processFleet =
                topology.endsWith("multi-network") ? TestApplication.take(2) : TestApplication.takeOnOneNetwork(2);
        List<Map<String, String>> before = census(processFleet);
        PlayedChange playedChange = refused(processFleet, processFleet.second(), topology, Map.of());

        // when
        playedChange.decide("oscar", DECIDE, ROLL_BACK);

        // then
        assertThat(playedChange.end()).isEqualTo(ROLLED_BACK);
        assertAsBefore(processFleet, before);
        assertThat(playedChange.records())
                .anyMatch(record -> record.contains("decision") && record.contains("rollBack not today"))
                .anyMatch(record -> record.contains("what stays after a roll back: NOTHING"))
                .noneMatch(record -> record.contains("ALREADY_"));
        assertThat(outcome(playedChange)).isEqualTo("Change rolled back");
    }

    /** Two primaries on two networks and a remote of one of them, which refuses when all else is there. */
    @Tag("slow")
    @Test
    void shouldLeaveTheClustersOfAMixedMeshAsTheyWere() {
        // given
        List<String> near = TestApplication.takeOnOneNetwork(2).clusters();
        String far = TestApplication.take(1).first();
        ProcessFleet processFleet = new ProcessFleet(List.of(far, near.get(0), near.get(1)), "mixed-" + far);
        List<Map<String, String>> before = census(processFleet);
        String file = """
                meshId: %s
                istioVersion: 1.30.3
                clusters:
                - {name: %s}
                - {name: %s}
                - {name: %s, role: remote, controlPlane: %s}
                """.formatted(processFleet.mesh(), far, near.get(0), near.get(1), near.get(0));
        Map<String, Object> inputs = Map.of("meshFile", file, "reason", "a test");
        PlayedChange playedChange = refused(
                PlayedChange.request(TestApplication.ENGINE, "olivia", "install-mesh", processFleet.mesh(), inputs),
                processFleet,
                processFleet.third());
        assertThat(census(processFleet).subList(0, 2)).isNotEqualTo(before.subList(0, 2));

        // when
        playedChange.decide("oscar", DECIDE, ROLL_BACK);

        // then
        assertThat(playedChange.end()).isEqualTo(ROLLED_BACK);
        assertAsBefore(processFleet, before);
        assertThat(playedChange.records()).anyMatch(record -> record.contains("what stays after a roll back: NOTHING"));
    }

    @Test
    void shouldLeaveTheClustersAsTheyWereWhenTheVerificationFails() {
        // given
        ProcessFleet processFleet = TestApplication.take();
        others(processFleet.first());
        List<Map<String, String>> before = census(processFleet);
        PlayedChange playedChange = processFleet.request();
        Watch keepingAway = keepAway(processFleet.first(), "istio-remote-secret-" + processFleet.second());
        playedChange.approve("carla");
        assertThat(playedChange.shown(DECIDE, "failureText")).contains("Not verified", processFleet.second());
        keepingAway.close();

        // when
        playedChange.decide("oscar", DECIDE, ROLL_BACK);

        // then
        assertThat(playedChange.end()).isEqualTo(ROLLED_BACK);
        assertAsBefore(processFleet, before);
        assertThat(TestApplication.CONTEXT.getBean(Changes.class).of(playedChange.id()))
                .extracting(ChainedRecord::record)
                .filteredOn(AuditRecord::tellsOfFailureOrIntervention)
                .extracting(AuditRecord::result)
                .contains("NOT_VERIFIED", "rollBack");
    }

    @Test
    void shouldPutBackWhatItWroteOver() {
        // given
        ProcessFleet processFleet = TestApplication.take();
        installed(processFleet);
        List<Map<String, String>> before = census(processFleet);
        PlayedChange playedChange = refused(
                processFleet,
                processFleet.second(),
                MAIN,
                Map.of("hub", "registry.example.org/istio", "ingressGateway", true));
        assertThat(census(processFleet)).isNotEqualTo(before);

        // when
        playedChange.decide("oscar", DECIDE, ROLL_BACK);

        // then
        assertThat(playedChange.end()).isEqualTo(ROLLED_BACK);
        assertAsBefore(processFleet, before);
        PlayedChange again = processFleet.request();
        assertThat(again.shown("Approve change", "planSummary")).contains("0 objects to create, 0 to change");
        again.delete();
    }

    @Tag("slow")
    @Test
    void shouldLeaveAMeshThatWasToGrowAsItWas() {
        // given
        ProcessFleet three = TestApplication.take(3);
        installed(new ProcessFleet(three.clusters().subList(0, 2), three.mesh()));
        List<Map<String, String>> before = census(three);
        PlayedChange playedChange = refused(three, three.third(), MAIN, Map.of());

        // when
        playedChange.decide("oscar", DECIDE, ROLL_BACK);

        // then
        assertThat(playedChange.end()).isEqualTo(ROLLED_BACK);
        assertAsBefore(three, before);
    }

    /** A version that is not served shows nobody's objects, whichever place it has in the list. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldKeepAKindOfWhichSomebodyHasObjects(boolean othersServed) {
        // given
        ProcessFleet processFleet = TestApplication.take();
        PlayedChange playedChange = refused(processFleet, processFleet.second(), MAIN, Map.of());
        KubernetesClient client = TestApplication.SANDBOX.client(processFleet.first());
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("shop")
                        .endMetadata()
                        .build())
                .create();
        GenericKubernetesResource entry =
                new ObjectRef("networking.istio.io/v1", "Gateway", "shop", "entry").reference();
        client.resource(entry).create();
        notFirst(client, othersServed);

        // when
        playedChange.decide("oscar", DECIDE, ROLL_BACK);

        // then
        assertThat(playedChange.end()).isEqualTo(ROLLED_BACK);
        List<String> kinds = client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                .map(definition -> definition.getMetadata().getName())
                .toList();
        assertThat(kinds).containsExactly("gateways.networking.istio.io");
        assertThat(playedChange.records())
                .anyMatch(record -> record.contains("what stays after a roll back: LEFT")
                        && record.contains("CustomResourceDefinition gateways.networking.istio.io"));
    }

    /** Puts a version that is not served before the others. */
    private static void notFirst(KubernetesClient client, boolean others) {
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("gateways.networking.istio.io")
                .edit(definition -> {
                    List<CustomResourceDefinitionVersion> versions =
                            new ArrayList<>(definition.getSpec().getVersions());
                    versions.forEach(version -> version.setServed(others));
                    versions.add(
                            0,
                            new CustomResourceDefinitionVersionBuilder()
                                    .withName("v1alpha1")
                                    .withServed(false)
                                    .withStorage(false)
                                    .build());
                    definition.getSpec().setVersions(versions);
                    return definition;
                });
    }

    @Test
    void shouldRollBackFromWithinTheStepOfOneCluster() {
        // given
        ProcessFleet processFleet = TestApplication.take();
        List<Map<String, String>> before = census(processFleet);
        processFleet.cluster(processFleet.second()).addressKind(AddressKind.NONE);
        PlayedChange playedChange = processFleet.request();
        playedChange.approve("carla");
        assertThat(playedChange.shown(DECIDE, "failureText")).contains(processFleet.second());

        // when
        playedChange.decide("oscar", DECIDE, ROLL_BACK);

        // then
        assertThat(playedChange.end()).isEqualTo(ROLLED_BACK);
        assertAsBefore(processFleet, before);
    }

    @Tag("slow")
    @Test
    void shouldAskWhatBecomesOfWhatWasWrittenWhenAChangedPlanIsRejected() {
        // given
        ProcessFleet processFleet = TestApplication.take();
        List<Map<String, String>> before = census(processFleet);
        processFleet.cluster(processFleet.second()).addressKind(AddressKind.NONE);
        PlayedChange playedChange = processFleet.request();
        playedChange.approve("carla");
        playedChange.task(DECIDE);
        relabelGateway(processFleet.second());
        playedChange.decide("oscar", DECIDE, Map.of("decision", "retry"));

        // when
        playedChange.decide("carla", "Approve changed plan", Map.of("approved", false, "comment", "whose is that?"));
        assertThat(playedChange.shown(DECIDE, "failureText")).contains(processFleet.second(), "istio-eastwestgateway");
        playedChange.decide("oscar", DECIDE, ROLL_BACK);

        // then
        assertThat(playedChange.end()).isEqualTo(ROLLED_BACK);
        assertAsBefore(processFleet, before);
    }

    @Tag("slow")
    @Test
    void shouldBeTheOperatorsToDecide() {
        // given
        ProcessFleet processFleet = TestApplication.take();
        PlayedChange playedChange = refused(processFleet, processFleet.second(), MAIN, Map.of());
        String task = "/task/" + playedChange.task(DECIDE).getId() + "/complete";
        Map<String, Object> decision = Map.of("variables", Map.of("decision", Map.of("value", "rollBack")));

        // then
        assertThat(post("carla", task, decision)).isEqualTo(HttpStatus.FORBIDDEN.value());
        assertThat(post("andrea", task, decision)).isEqualTo(HttpStatus.FORBIDDEN.value());
        assertThat(post("oscar", "/process-definition/key/roll-back/start", Map.of()))
                .isGreaterThanOrEqualTo(HttpStatus.BAD_REQUEST.value());
        assertThat(post("oscar", task, decision)).isEqualTo(HttpStatus.NO_CONTENT.value());
        assertThat(playedChange.end()).isEqualTo(ROLLED_BACK);
    }

    private static void relabelGateway(String cluster) {
        TestApplication.SANDBOX
                .client(cluster)
                .services()
                .inNamespace("istio-system")
                .withName("istio-eastwestgateway")
                .edit(service -> new ServiceBuilder(service)
                        .editMetadata()
                        .addToLabels("istio", "by-hand")
                        .endMetadata()
                        .build());
    }

    /** What was kept for the roll back goes once the change has ended, a moment later. */
    private static void assertAsBefore(ProcessFleet processFleet, List<Map<String, String>> before) {
        await().atMost(A_WHILE)
                .untilAsserted(() -> assertThat(census(processFleet)).isEqualTo(before));
    }

    /** A change that gets as far as the control plane, and in one cluster no further. */
    private static PlayedChange refused(
            ProcessFleet processFleet, String cluster, String topology, Map<String, Object> more) {
        return refused(processFleet.request(topology, more), processFleet, cluster);
    }

    private static PlayedChange refused(PlayedChange playedChange, ProcessFleet processFleet, String cluster) {
        playedChange.task("Approve change");
        processFleet.cluster(cluster).deny("patch", "deployments").deny("patch", "endpointslices");
        playedChange.approve("carla");
        assertThat(playedChange.shown(DECIDE, "failureText")).contains(cluster);
        processFleet.cluster(cluster).allowAll();
        return playedChange;
    }

    private static Watch keepAway(String cluster, String secret) {
        var secrets = TestApplication.SANDBOX.client(cluster).secrets().inNamespace("istio-system");
        return secrets.withName(secret).watch(new Watcher<Secret>() {
            @Override
            public void eventReceived(Action action, Secret found) {
                if (action == Action.ADDED) {
                    secrets.withName(secret).delete();
                }
            }

            @Override
            public void onClose(WatcherException cause) {
                throw new IllegalStateException("The watch on " + secret + " broke off", cause);
            }
        });
    }

    private static void installed(ProcessFleet processFleet) {
        PlayedChange playedChange = processFleet.request();
        playedChange.approve("carla");
        assertThat(playedChange.end()).isEqualTo("EndEvent_MeshVerified");
    }

    /** Pods come and go with what owns them. */
    private static List<Map<String, String>> census(ProcessFleet processFleet) {
        List<Map<String, String>> all =
                processFleet.clusters().stream().map(ObjectCensus::of).toList();
        all.forEach(cluster -> cluster.keySet().removeIf(name -> name.startsWith("Pod ")));
        return all;
    }

    private static void others(String cluster) {
        KubernetesClient client = TestApplication.SANDBOX.client(cluster);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("istio-system")
                        .addToLabels("team", "edge")
                        .endMetadata()
                        .build())
                .create();
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("theirs")
                        .withNamespace("istio-system")
                        .endMetadata()
                        .addToData("key", "value")
                        .build())
                .create();
    }

    private static String outcome(PlayedChange playedChange) {
        return TestApplication.CONTEXT
                .getBean(Changes.class)
                .find(playedChange.id())
                .map(ChangeSummary::outcome)
                .orElse("");
    }

    /** REST asks the engine registered last, and none once an application of another test has ended. */
    private static int post(String user, String path, Map<String, Object> body) {
        ProcessEngines.registerProcessEngine(TestApplication.ENGINE);
        String port = TestApplication.CONTEXT.getEnvironment().getRequiredProperty("local.server.port");
        RestTemplateBuilder here = new RestTemplateBuilder().rootUri("http://127.0.0.1:" + port + "/engine-rest");
        return new TestRestTemplate(here, user, DemoUsers.PASSWORD)
                .postForEntity(path, body, String.class)
                .getStatusCode()
                .value();
    }
}

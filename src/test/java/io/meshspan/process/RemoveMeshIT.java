package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.meshspan.audit.Changes;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.manifest.ApplySet;
import io.meshspan.manifest.MeshNamespaces;
import io.meshspan.mesh.MeshId;
import io.meshspan.sandbox.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mesh goes as it came: what Meshspan made is gone, and what others made is untouched. */
class RemoveMeshIT {

    private static final String APPROVE_CRDS = "Approve removal of CRDs";
    private static final Map<String, Object> WITH_CRDS = Map.of("removeCrds", true);

    @ParameterizedTest
    @ValueSource(
            strings = {"multi-primary", "multi-primary-multi-network", "primary-remote", "primary-remote-multi-network"
            })
    void shouldLeaveEveryClusterAsItWasBeforeTheInstallation(String topology) {
        // given
        Fleet fleet = topology.endsWith("multi-network") ? Application.take(2) : Application.takeOnOneNetwork(2);
        fleet.clusters().forEach(RemoveMeshIT::others);
        List<Map<String, String>> before = census(fleet);
        install(topology, fleet);

        // when
        Change removal = fleet.request("remove-mesh", WITH_CRDS);
        removal.approve("carla");
        removal.decide("carla", "Approve removal of CRDs", Map.of("approved", true, "comment", "nobody uses them"));

        // then
        assertThat(removal.end()).isEqualTo("EndEvent_MeshRemoved");
        assertThat(census(fleet)).isEqualTo(before);
        assertThat(removal.records()).anyMatch(record -> record.contains("what is left after a removal: NOTHING"));
    }

    @Test
    void shouldDeleteNothingTheSecondTime() {
        // given
        Fleet fleet = Application.take();
        install("multi-primary-multi-network", fleet);
        Change first = fleet.request("remove-mesh");
        first.approve("carla");
        assertThat(first.end()).isEqualTo("EndEvent_MeshRemoved");
        List<Write> writes = fleet.writes();

        // when
        Change second = fleet.request("remove-mesh");
        second.approve("carla");

        // then
        assertThat(second.end()).isEqualTo("EndEvent_MeshRemoved");
        assertThat(fleet.writes()).isEqualTo(writes);
        assertThat(first.records()).anyMatch(record -> record.contains("CustomResourceDefinition gateways"));
    }

    @Test
    void shouldTakeOneClusterOutOfThreeAndLeaveTheOthersAMesh() {
        // given
        Fleet fleet = Application.take(3);
        install("multi-primary-multi-network", fleet);

        // when
        Change removal = fleet.request("remove-mesh", Map.of("takeOut", fleet.third()));
        removal.approve("carla");

        // then
        assertThat(removal.end()).isEqualTo("EndEvent_MeshRemoved");
        assertThat(Application.SANDBOX
                        .client(fleet.third())
                        .namespaces()
                        .withName("istio-system")
                        .get())
                .isNull();
        Fleet rest = new Fleet(fleet.clusters().subList(0, 2), fleet.mesh());
        Map<String, Object> inputs = new HashMap<>(rest.inputs());
        Change verification = Change.request(Application.ENGINE, "olivia", "verify-mesh", fleet.mesh(), inputs);
        verification.approve("carla");
        assertThat(verification.end()).isEqualTo("EndEvent_MeshVerified");
        assertThat(orderOf(removal, "istio-remote-secret-" + fleet.third()))
                .isLessThan(orderOf(removal, "Deployment istio-system/istiod"));
        assertThat(Application.CONTEXT
                        .getBean(Changes.class)
                        .of(removal.id())
                        .get(0)
                        .record()
                        .data())
                .contains("\"removal\":{\"clusters\":[\"%s\"]".formatted(fleet.third()));
    }

    @Test
    void shouldLeaveWhatOthersPutIntoTheNamespaceAndTakeItsLabelBack() {
        // given
        Fleet fleet = Application.take();
        KubernetesClient client = Application.SANDBOX.client(fleet.first());
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("istio-system")
                        .addToLabels("team", "edge")
                        .endMetadata()
                        .build())
                .create();
        client.resource(config("istio-system", "theirs")).create();
        Map<String, String> before = Census.of(fleet.first());
        install("multi-primary-multi-network", fleet);

        // when
        Change removal = fleet.request("remove-mesh", WITH_CRDS);
        removal.approve("carla");
        removal.decide("carla", "Approve removal of CRDs", Map.of("approved", true, "comment", "yes"));

        // then
        assertThat(removal.end()).isEqualTo("EndEvent_MeshRemoved");
        assertThat(Census.of(fleet.first())).isEqualTo(before);
        assertThat(removal.records())
                .anyMatch(record -> record.contains("what is left after a removal: LEFT")
                        && record.contains("istio-system/theirs"));
    }

    @Test
    void shouldKeepTheCrdsUnlessTheirRemovalIsApproved() {
        // given
        Fleet fleet = Application.take();
        install("multi-primary-multi-network", fleet);

        // when
        Change removal = fleet.request("remove-mesh", WITH_CRDS);
        removal.approve("carla");
        removal.decide("carla", "Approve removal of CRDs", Map.of("approved", false, "comment", "others need them"));

        // then
        assertThat(removal.end()).isEqualTo("EndEvent_MeshRemoved");
        assertThat(Census.of(fleet.first()))
                .anySatisfy((name, content) ->
                        assertThat(name).startsWith("CustomResourceDefinition").contains("istio.io"));
    }

    @Test
    void shouldTouchNothingOfAnotherMeshThatSharesTheClusters() {
        // given
        Fleet fleet = Application.take();
        Change installed = fleet.request("multi-primary-multi-network", Map.of("keepSample", true));
        installed.approve("carla");
        assertThat(installed.end()).isEqualTo("EndEvent_MeshVerified");
        List<Map<String, String>> before = census(fleet);

        // when
        Fleet other = new Fleet(fleet.clusters(), "other-" + fleet.mesh());
        Change removal = other.request("remove-mesh", Map.of("evenIfInjected", true));
        assertThat(removal.shown("Approve change", "planSummary")).contains("0 to change, 0 to delete");
        removal.approve("carla");

        // then
        assertThat(removal.end()).isEqualTo("EndEvent_MeshRemoved");
        assertThat(census(fleet)).isEqualTo(before);
    }

    /** The other one has a control plane of another revision; both use istio-system, and the label of its network. */
    @Test
    void shouldLeaveAMeshOfAnotherRevisionWhatItNeedsOfTheNamespaces() {
        // given
        Fleet fleet = Application.take();
        install("multi-primary-multi-network", fleet);
        KubernetesClient client = Application.SANDBOX.client(fleet.first());
        ApplySet others = new ApplySet(new MeshId("other-" + fleet.mesh()));
        client.resource(others.parent()).create();
        awaitNone(client, "sample");
        client.resource(MeshNamespaces.marked(sample(), new MeshId("other-" + fleet.mesh())))
                .create();

        // when
        Change removal = fleet.request("remove-mesh");
        removal.approve("carla");

        // then
        assertThat(removal.end()).isEqualTo("EndEvent_MeshRemoved");
        assertThat(client.namespaces().withName("sample").get()).isNotNull();
        assertThat(client.namespaces()
                        .withName("istio-system")
                        .get()
                        .getMetadata()
                        .getLabels())
                .containsKey("topology.istio.io/network");
        assertThat(client.services().inNamespace("istio-system").list().getItems())
                .isEmpty();
    }

    /** An earlier release did not write down for which mesh it made a namespace. */
    @Test
    void shouldRemoveTheSampleThatAnEarlierReleaseLeft() {
        // given
        Fleet fleet = Application.take();
        install("multi-primary-multi-network", fleet);
        KubernetesClient client = Application.SANDBOX.client(fleet.first());
        awaitNone(client, "sample");
        client.resource(sample()).create();

        // when
        Change removal = fleet.request("remove-mesh");
        removal.approve("carla");

        // then
        assertThat(removal.end()).isEqualTo("EndEvent_MeshRemoved");
        assertThat(client.namespaces().withName("sample").get()).isNull();
    }

    @Test
    void shouldNameWhatGoesWithTheCrdsAndDeleteNothingThatNobodyHasReadOf() {
        // given
        Fleet fleet = Application.take();
        install("multi-primary-multi-network", fleet);
        others(fleet.first());
        KubernetesClient client = Application.SANDBOX.client(fleet.first());
        client.resource(new ObjectRef("networking.istio.io/v1", "Gateway", "shop", "entry").reference())
                .create();
        IntStream.rangeClosed(1, 103)
                .mapToObj(number -> new ObjectRef(
                        "networking.istio.io/v1", "VirtualService", "shop", "route-%03d".formatted(number)))
                .forEach(route -> client.resource(route.reference()).create());

        // when
        Change removal = fleet.request("remove-mesh", WITH_CRDS);
        assertThat(removal.shown("Approve change", "plan"))
                .contains("gateways.networking.istio.io: with Gateway shop/entry")
                .contains("VirtualService shop/route-100 and 3 more, 103 in all")
                .doesNotContain("cross-network-gateway,", "with Gateway istio-system");
        removal.approve("carla");

        // then
        assertThat(removal.shown(APPROVE_CRDS, "goesWithCrds"))
                .contains("In " + fleet.first(), "gateways.networking.istio.io: with Gateway shop/entry")
                .contains("VirtualService shop/route-100 and 3 more, 103 in all");
        assertThat(removal.records())
                .anyMatch(record -> record.startsWith(APPROVE_CRDS)
                        && record.contains("objects that go with Istio's CRDs: LISTED")
                        && record.contains("with Gateway shop/entry"));

        // and when
        client.resource(new ObjectRef("networking.istio.io/v1", "Gateway", "shop", "late").reference())
                .create();
        removal.decide("carla", APPROVE_CRDS, Map.of("approved", true, "comment", "those may go"));

        // then
        assertThat(removal.shown("Decide how to go on", "failureText")).contains("Gateway shop/late", "came later");
        assertThat(crds(client)).contains("gateways.networking.istio.io", "virtualservices.networking.istio.io");

        // and when
        removal.decide("oscar", "Decide how to go on", Map.of("decision", "retry"));
        assertThat(removal.shown(APPROVE_CRDS, "goesWithCrds")).contains("Gateway shop/late");
        removal.decide("carla", APPROVE_CRDS, Map.of("approved", true, "comment", "that one, too"));

        // then
        assertThat(removal.end()).isEqualTo("EndEvent_MeshRemoved");
        assertThat(crds(client)).isEmpty();
    }

    @Test
    void shouldLetNobodyDecideOnAListThatSomebodyHasRewritten() {
        // given
        Fleet fleet = Application.take();
        install("multi-primary-multi-network", fleet);
        Change removal = fleet.request("remove-mesh", WITH_CRDS);
        removal.approve("carla");
        Task task = removal.task(APPROVE_CRDS);

        // when
        Application.ENGINE.getTaskService().setVariableLocal(task.getId(), "goesWithCrds", "{\"text\":\"nothing\"}");

        // then
        assertThatThrownBy(() -> removal.decide("carla", APPROVE_CRDS, Map.of("approved", true, "comment", "fine")))
                .hasMessageContaining("rewritten the variable goesWithCrds");
        removal.delete();
    }

    @Test
    void shouldNotBeginWhileWorkloadsHaveSidecars() {
        // given
        Fleet fleet = Application.take();
        Change installed = fleet.request("multi-primary-multi-network", Map.of("keepSample", true));
        installed.approve("carla");
        assertThat(installed.end()).isEqualTo("EndEvent_MeshVerified");
        Application.SANDBOX
                .client(fleet.first())
                .namespaces()
                .withName("sample")
                .edit(sample -> new NamespaceBuilder(sample)
                        .editMetadata()
                        .removeFromLabels("app.kubernetes.io/managed-by")
                        .endMetadata()
                        .build());
        List<Write> writes = fleet.writes();

        // when
        Change removal = fleet.request("remove-mesh");

        // then
        assertThat(removal.shown("Decide how to go on", "failureText")).contains(fleet.first(), "workloads", "sample");
        assertThat(fleet.writes()).isEqualTo(writes);
        removal.decide("olivia", "Decide how to go on", Map.of("decision", "stop"));
        assertThat(removal.end()).isEqualTo("EndEvent_ChangeStopped");
    }

    private static List<String> crds(KubernetesClient client) {
        return client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                .map(definition -> definition.getMetadata().getName())
                .toList();
    }

    private static void awaitNone(KubernetesClient client, String namespace) {
        await().until(() -> client.namespaces().withName(namespace).get() == null);
    }

    private static Namespace sample() {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName("sample")
                .addToLabels("app.kubernetes.io/managed-by", "meshspan")
                .endMetadata()
                .build();
    }

    private static void install(String topology, Fleet fleet) {
        Change installed = fleet.request(topology);
        installed.approve("carla");
        assertThat(installed.end()).isEqualTo("EndEvent_MeshVerified");
    }

    private static List<Map<String, String>> census(Fleet fleet) {
        return fleet.clusters().stream().map(Census::of).toList();
    }

    private static void others(String cluster) {
        KubernetesClient client = Application.SANDBOX.client(cluster);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("shop")
                        .endMetadata()
                        .build())
                .create();
        client.resource(config("shop", "istio-ca-root-cert-of-ours")).create();
    }

    private static ConfigMap config(String namespace, String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .addToData("key", "value")
                .build();
    }

    private static int orderOf(Change change, String object) {
        List<String> records = new ArrayList<>(change.records());
        int place = records.indexOf(
                records.stream().filter(r -> r.contains(object)).findFirst().orElseThrow());
        assertThat(place).as(object).isNotNegative();
        return place;
    }
}

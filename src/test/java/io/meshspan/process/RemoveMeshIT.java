package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.meshspan.audit.Changes;
import io.meshspan.engine.model.RequestRefused;
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
import java.util.stream.Stream;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mesh goes as it came: what Meshspan made is gone, and what others made is untouched. */
class RemoveMeshIT {

    private static final String APPROVE_CRDS = "Approve removal of CRDs";
    private static final Map<String, Object> WITH_CRDS = Map.of("removeCrds", true);

    @ParameterizedTest
    @ValueSource(strings = {"multi-primary-multi-network", "primary-remote-multi-network"})
    void shouldLeaveEveryClusterAsItWasBeforeTheInstallation(String topology) {
        leaveEveryClusterAsItWasBeforeTheInstallation(topology);
    }

    /** These two take fewer of the same steps. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"multi-primary", "primary-remote"})
    void shouldLeaveEveryClusterAsItWasBeforeTheInstallationOnOneNetwork(String topology) {
        leaveEveryClusterAsItWasBeforeTheInstallation(topology);
    }

    private static void leaveEveryClusterAsItWasBeforeTheInstallation(String topology) {
        // given
        ProcessFleet processFleet =
                topology.endsWith("multi-network") ? TestApplication.take(2) : TestApplication.takeOnOneNetwork(2);
        processFleet.clusters().forEach(RemoveMeshIT::others);
        List<Map<String, String>> before = census(processFleet);
        install(topology, processFleet);

        // when
        PlayedChange removal = processFleet.remove(WITH_CRDS);
        removal.approve("carla");
        assertThat(removal.shown("Approve removal of CRDs", "asked"))
                .contains("Approve removal of " + processFleet.mesh());
        removal.decide("carla", "Approve removal of CRDs", Map.of("approved", true, "comment", "nobody uses them"));

        // then
        assertThat(removal.end()).isEqualTo("EndEvent_MeshRemoved");
        assertThat(census(processFleet)).isEqualTo(before);
        assertThat(removal.records()).anyMatch(record -> record.contains("what is left after a removal: NOTHING"));
    }

    @Tag("slow")
    @Test
    void shouldDeleteNothingTheSecondTime() {
        // given
        ProcessFleet processFleet = TestApplication.take();
        install("multi-primary-multi-network", processFleet);
        PlayedChange first = processFleet.remove(Map.of());
        first.approve("carla");
        assertThat(first.end()).isEqualTo("EndEvent_MeshRemoved");
        List<Write> writes = processFleet.writes();

        // when
        PlayedChange second = processFleet.remove(Map.of());
        second.approve("carla");

        // then
        assertThat(second.end()).isEqualTo("EndEvent_MeshRemoved");
        assertThat(processFleet.writes()).isEqualTo(writes);
        assertThat(first.records()).anyMatch(record -> record.contains("CustomResourceDefinition gateways"));
    }

    @Test
    void shouldTakeOneClusterOutOfThreeAndLeaveTheOthersAMesh() {
        // given
        ProcessFleet processFleet = TestApplication.take(3);
        install("multi-primary-multi-network", processFleet);

        // when
        PlayedChange removal = processFleet.request("take-out-cluster", Map.of("takeOut", processFleet.third()));
        Task approval =
                removal.task("Approve taking %s out of %s".formatted(processFleet.third(), processFleet.mesh()));
        assertThat(removal.shown(approval.getName(), "plan"))
                .contains("**%s** leaves the mesh: ".formatted(processFleet.third()), "control plane ")
                .contains("**%s** stays in the mesh: 1 object goes".formatted(processFleet.first()));
        removal.approve("carla");

        // then
        assertThat(removal.end()).isEqualTo("EndEvent_ClustersTakenOut");
        assertThat(TestApplication.SANDBOX
                        .client(processFleet.third())
                        .namespaces()
                        .withName("istio-system")
                        .get())
                .isNull();
        ProcessFleet rest = new ProcessFleet(processFleet.clusters().subList(0, 2), processFleet.mesh());
        Map<String, Object> inputs = new HashMap<>(rest.inputs());
        PlayedChange verification =
                PlayedChange.request(TestApplication.ENGINE, "olivia", "verify-mesh", processFleet.mesh(), inputs);
        verification.approve("carla");
        assertThat(verification.end()).isEqualTo("EndEvent_MeshVerified");
        assertThat(orderOf(removal, "istio-remote-secret-" + processFleet.third()))
                .isLessThan(orderOf(removal, "Deployment istio-system/istiod"));
        assertThat(TestApplication.CONTEXT
                        .getBean(Changes.class)
                        .of(removal.id())
                        .get(0)
                        .record()
                        .data())
                .contains("\"removal\":{\"clusters\":[\"%s\"]".formatted(processFleet.third()));
    }

    /** Whatever was left empty, the whole mesh goes only if its name is typed. */
    @ParameterizedTest
    @MethodSource("unclear")
    void shouldRefuseToGuessWhatIsToGo(String process, Map<String, Object> inputs, String finding) {
        // given
        ProcessFleet processFleet = new ProcessFleet(List.of("cluster1", "cluster2"), "mesh1");

        // when
        assertThatThrownBy(() -> processFleet.request(process, inputs))
                // then
                .hasRootCauseInstanceOf(RequestRefused.class)
                .hasMessageContaining(finding);
    }

    static Stream<Arguments> unclear() {
        String file = "meshId: mesh1\nistioVersion: 1.30.3\nclusters:\n- name: cluster1\n- name: cluster2\n";
        return Stream.of(
                arguments(
                        "remove-mesh",
                        Map.of(),
                        "confirmMeshId: expected the mesh's ID once more, 'mesh1', found nothing"),
                arguments("remove-mesh", Map.of("confirmMeshId", ""), "confirmMeshId: expected"),
                arguments("remove-mesh", Map.of("confirmMeshId", "Mesh1"), "found 'Mesh1'"),
                arguments("remove-mesh", Map.of("confirmMeshId", true), "confirmMeshId: expected a text"),
                arguments(
                        "remove-mesh",
                        Map.of("confirmMeshId", "mesh1", "takeOut", "cluster1"),
                        "takeOut: expected nothing, for this removes the whole mesh"),
                arguments(
                        "remove-mesh",
                        Map.of("confirmMeshId", "mesh1", "takeOut", "[]"),
                        "takeOut: expected nothing, for this removes the whole mesh"),
                arguments("take-out-cluster", Map.of(), "takeOut: expected the clusters that leave the mesh"),
                arguments("take-out-cluster", Map.of("takeOut", ""), "found none"),
                arguments("take-out-cluster", Map.of("takeOut", "[]"), "found none"),
                arguments("take-out-cluster", Map.of("takeOut", List.of()), "found none"),
                arguments(
                        "take-out-cluster",
                        Map.of("takeOut", "cluster1,cluster2"),
                        "takeOut: expected at least one cluster that stays"),
                arguments("take-out-cluster", Map.of("takeOut", "cluster9"), "found 'cluster9'"),
                arguments(
                        "take-out-cluster",
                        Map.of("takeOut", "cluster1", "confirmMeshId", "mesh1"),
                        "confirmMeshId: expected one of"),
                arguments("remove-mesh", Map.of("meshFile", file), "confirmMeshId: expected"));
    }

    @Tag("slow")
    @Test
    void shouldRemoveAMeshThatAFileDescribesOnceItsNameIsTyped() {
        // given
        ProcessFleet processFleet = TestApplication.take();
        install("multi-primary-multi-network", processFleet);
        String file = "meshId: %s\nistioVersion: 1.30.3\nclusters:\n- name: %s\n- name: %s\n"
                .formatted(processFleet.mesh(), processFleet.first(), processFleet.second());

        // when
        PlayedChange removal = PlayedChange.request(
                TestApplication.ENGINE,
                "olivia",
                "remove-mesh",
                processFleet.mesh(),
                Map.of("meshFile", file, "confirmMeshId", processFleet.mesh(), "reason", "a test"));
        Task approval = removal.task("Approve removal of " + processFleet.mesh());
        String asked = removal.shown(approval.getName(), "asked");
        removal.approve("carla");

        // then
        assertThat(asked).contains("- name: " + processFleet.first()).contains("1.30.3 runs in");
        assertThat(removal.end()).isEqualTo("EndEvent_MeshRemoved");
    }

    @Test
    void shouldLeaveWhatOthersPutIntoTheNamespaceAndTakeItsLabelBack() {
        // given
        ProcessFleet processFleet = TestApplication.take();
        KubernetesClient client = TestApplication.SANDBOX.client(processFleet.first());
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("istio-system")
                        .addToLabels("team", "edge")
                        .endMetadata()
                        .build())
                .create();
        client.resource(config("istio-system", "theirs")).create();
        Map<String, String> before = ObjectCensus.of(processFleet.first());
        install("multi-primary-multi-network", processFleet);

        // when
        PlayedChange removal = processFleet.remove(WITH_CRDS);
        removal.approve("carla");
        removal.decide("carla", "Approve removal of CRDs", Map.of("approved", true, "comment", "yes"));

        // then
        assertThat(removal.end()).isEqualTo("EndEvent_MeshRemoved");
        assertThat(ObjectCensus.of(processFleet.first())).isEqualTo(before);
        assertThat(removal.records())
                .anyMatch(record -> record.contains("what is left after a removal: LEFT")
                        && record.contains("istio-system/theirs"));
    }

    @Test
    void shouldKeepTheCrdsUnlessTheirRemovalIsApproved() {
        // given
        ProcessFleet processFleet = TestApplication.take();
        install("multi-primary-multi-network", processFleet);

        // when
        PlayedChange removal = processFleet.remove(WITH_CRDS);
        removal.approve("carla");
        removal.decide("carla", "Approve removal of CRDs", Map.of("approved", false, "comment", "others need them"));

        // then
        assertThat(removal.end()).isEqualTo("EndEvent_MeshRemoved");
        assertThat(ObjectCensus.of(processFleet.first()))
                .anySatisfy((name, content) ->
                        assertThat(name).startsWith("CustomResourceDefinition").contains("istio.io"));
    }

    @Test
    void shouldTouchNothingOfAnotherMeshThatSharesTheClusters() {
        // given
        ProcessFleet processFleet = TestApplication.take();
        PlayedChange installed = processFleet.request("multi-primary-multi-network", Map.of("keepSample", true));
        installed.approve("carla");
        assertThat(installed.end()).isEqualTo("EndEvent_MeshVerified");
        List<Map<String, String>> before = census(processFleet);

        // when
        ProcessFleet other = new ProcessFleet(processFleet.clusters(), "other-" + processFleet.mesh());
        PlayedChange removal = other.remove(Map.of("evenIfInjected", true));
        assertThat(removal.shown("Approve removal of " + other.mesh(), "planSummary"))
                .contains("0 to change, 0 to delete");
        removal.approve("carla");

        // then
        assertThat(removal.end()).isEqualTo("EndEvent_MeshRemoved");
        assertThat(census(processFleet)).isEqualTo(before);
    }

    /** The other one has a control plane of another revision; both use istio-system, and the label of its network. */
    @Test
    void shouldLeaveAMeshOfAnotherRevisionWhatItNeedsOfTheNamespaces() {
        // given
        ProcessFleet processFleet = TestApplication.take();
        install("multi-primary-multi-network", processFleet);
        KubernetesClient client = TestApplication.SANDBOX.client(processFleet.first());
        ApplySet others = new ApplySet(new MeshId("other-" + processFleet.mesh()));
        client.resource(others.parent()).create();
        awaitNone(client, "sample");
        client.resource(MeshNamespaces.marked(sample(), new MeshId("other-" + processFleet.mesh())))
                .create();

        // when
        PlayedChange removal = processFleet.remove(Map.of());
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
    @Tag("slow")
    @Test
    void shouldRemoveTheSampleThatAnEarlierReleaseLeft() {
        // given
        ProcessFleet processFleet = TestApplication.take();
        install("multi-primary-multi-network", processFleet);
        KubernetesClient client = TestApplication.SANDBOX.client(processFleet.first());
        awaitNone(client, "sample");
        client.resource(sample()).create();

        // when
        PlayedChange removal = processFleet.remove(Map.of());
        removal.approve("carla");

        // then
        assertThat(removal.end()).isEqualTo("EndEvent_MeshRemoved");
        assertThat(client.namespaces().withName("sample").get()).isNull();
    }

    @Test
    void shouldNameWhatGoesWithTheCrdsAndDeleteNothingThatNobodyHasReadOf() {
        // given
        ProcessFleet processFleet = TestApplication.take();
        install("multi-primary-multi-network", processFleet);
        others(processFleet.first());
        KubernetesClient client = TestApplication.SANDBOX.client(processFleet.first());
        client.resource(new ObjectRef("networking.istio.io/v1", "Gateway", "shop", "entry").reference())
                .create();
        IntStream.rangeClosed(1, 103)
                .mapToObj(number -> new ObjectRef(
                        "networking.istio.io/v1", "VirtualService", "shop", "route-%03d".formatted(number)))
                .forEach(route -> client.resource(route.reference()).create());

        // when
        PlayedChange removal = processFleet.remove(WITH_CRDS);
        assertThat(removal.shown("Approve removal of " + processFleet.mesh(), "plan"))
                .contains("gateways.networking.istio.io: with Gateway shop/entry")
                .contains("VirtualService shop/route-100 and 3 more, 103 in all")
                .doesNotContain("cross-network-gateway,", "with Gateway istio-system");
        removal.approve("carla");

        // then
        assertThat(removal.shown(APPROVE_CRDS, "goesWithCrds"))
                .contains("In " + processFleet.first(), "gateways.networking.istio.io: with Gateway shop/entry")
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
        ProcessFleet processFleet = TestApplication.take();
        install("multi-primary-multi-network", processFleet);
        PlayedChange removal = processFleet.remove(WITH_CRDS);
        removal.approve("carla");
        Task task = removal.task(APPROVE_CRDS);

        // when
        TestApplication.ENGINE
                .getTaskService()
                .setVariableLocal(task.getId(), "goesWithCrds", "{\"text\":\"nothing\"}");

        // then
        assertThatThrownBy(() -> removal.decide("carla", APPROVE_CRDS, Map.of("approved", true, "comment", "fine")))
                .hasMessageContaining("changed the variable goesWithCrds");
        removal.delete();
    }

    @Test
    void shouldNotBeginWhileWorkloadsHaveSidecars() {
        // given
        ProcessFleet processFleet = TestApplication.take();
        PlayedChange installed = processFleet.request("multi-primary-multi-network", Map.of("keepSample", true));
        installed.approve("carla");
        assertThat(installed.end()).isEqualTo("EndEvent_MeshVerified");
        TestApplication.SANDBOX
                .client(processFleet.first())
                .namespaces()
                .withName("sample")
                .edit(sample -> new NamespaceBuilder(sample)
                        .editMetadata()
                        .removeFromLabels("app.kubernetes.io/managed-by")
                        .endMetadata()
                        .build());
        List<Write> writes = processFleet.writes();

        // when
        PlayedChange removal = processFleet.remove(Map.of());

        // then
        assertThat(removal.shown("Decide how to go on", "failureText"))
                .contains(processFleet.first(), "workloads", "sample");
        assertThat(processFleet.writes()).isEqualTo(writes);
        removal.decide("olivia", "Decide how to go on", Map.of("decision", "stop"));
        assertThat(removal.end()).isEqualTo("EndEvent_PreparationStopped");
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

    private static void install(String topology, ProcessFleet processFleet) {
        PlayedChange installed = processFleet.request(topology);
        installed.approve("carla");
        assertThat(installed.end()).isEqualTo("EndEvent_MeshVerified");
    }

    private static List<Map<String, String>> census(ProcessFleet processFleet) {
        return processFleet.clusters().stream().map(ObjectCensus::of).toList();
    }

    private static void others(String cluster) {
        KubernetesClient client = TestApplication.SANDBOX.client(cluster);
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

    private static int orderOf(PlayedChange playedChange, String object) {
        List<String> records = new ArrayList<>(playedChange.records());
        int place = records.indexOf(
                records.stream().filter(r -> r.contains(object)).findFirst().orElseThrow());
        assertThat(place).as(object).isNotNegative();
        return place;
    }
}

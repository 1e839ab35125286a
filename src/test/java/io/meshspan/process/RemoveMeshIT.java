package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.meshspan.audit.Changes;
import io.meshspan.process.model.RequestRefused;
import io.meshspan.sandbox.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mesh goes as it came: what Meshspan made is gone, and what others made is untouched. */
class RemoveMeshIT {

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
        Change removal = fleet.remove(WITH_CRDS);
        removal.approve("carla");
        assertThat(removal.shown("Approve removal of CRDs", "asked")).contains("Approve removal of " + fleet.mesh());
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
        Change first = fleet.remove(Map.of());
        first.approve("carla");
        assertThat(first.end()).isEqualTo("EndEvent_MeshRemoved");
        List<Write> writes = fleet.writes();

        // when
        Change second = fleet.remove(Map.of());
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
        Change removal = fleet.request("take-out-cluster", Map.of("takeOut", fleet.third()));
        Task approval = removal.task("Approve taking %s out of %s".formatted(fleet.third(), fleet.mesh()));
        assertThat(removal.shown(approval.getName(), "plan"))
                .contains("**%s** leaves the mesh: ".formatted(fleet.third()), "control plane ")
                .contains("**%s** stays in the mesh: 1 object goes".formatted(fleet.first()));
        removal.approve("carla");

        // then
        assertThat(removal.end()).isEqualTo("EndEvent_ClustersTakenOut");
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

    /** Whatever was left empty, the whole mesh goes only if its name is typed. */
    @ParameterizedTest
    @MethodSource("unclear")
    void shouldRefuseToGuessWhatIsToGo(String process, Map<String, Object> inputs, String finding) {
        // given
        Fleet fleet = new Fleet(List.of("cluster1", "cluster2"), "mesh1");

        // when
        assertThatThrownBy(() -> fleet.request(process, inputs))
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
                        "confirmMeshId: expected no such field"),
                arguments("remove-mesh", Map.of("meshFile", file), "confirmMeshId: expected"));
    }

    @Test
    void shouldRemoveAMeshThatAFileDescribesOnceItsNameIsTyped() {
        // given
        Fleet fleet = Application.take();
        install("multi-primary-multi-network", fleet);
        String file = "meshId: %s\nistioVersion: 1.30.3\nclusters:\n- name: %s\n- name: %s\n"
                .formatted(fleet.mesh(), fleet.first(), fleet.second());

        // when
        Change removal = Change.request(
                Application.ENGINE,
                "olivia",
                "remove-mesh",
                fleet.mesh(),
                Map.of("meshFile", file, "confirmMeshId", fleet.mesh(), "reason", "a test"));
        Task approval = removal.task("Approve removal of " + fleet.mesh());
        String asked = removal.shown(approval.getName(), "asked");
        removal.approve("carla");

        // then
        assertThat(asked).contains("- name: " + fleet.first()).contains("1.30.3 runs in");
        assertThat(removal.end()).isEqualTo("EndEvent_MeshRemoved");
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
        Change removal = fleet.remove(WITH_CRDS);
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
        Change removal = fleet.remove(WITH_CRDS);
        removal.approve("carla");
        removal.decide("carla", "Approve removal of CRDs", Map.of("approved", false, "comment", "others need them"));

        // then
        assertThat(removal.end()).isEqualTo("EndEvent_MeshRemoved");
        assertThat(Census.of(fleet.first()))
                .anySatisfy((name, content) ->
                        assertThat(name).startsWith("CustomResourceDefinition").contains("istio.io"));
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
        Change removal = fleet.remove(Map.of());

        // then
        assertThat(removal.shown("Decide how to go on", "failureText")).contains(fleet.first(), "workloads", "sample");
        assertThat(fleet.writes()).isEqualTo(writes);
        removal.decide("olivia", "Decide how to go on", Map.of("decision", "stop"));
        assertThat(removal.end()).isEqualTo("EndEvent_ChangeStopped");
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

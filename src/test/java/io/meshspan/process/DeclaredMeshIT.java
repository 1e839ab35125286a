package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.DeclaredMesh.State;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.declared.FoundMesh;
import io.meshspan.declared.RunningMesh;
import io.meshspan.finding.Finding;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A mesh is declared as the last verified change left it, and the next change starts from that. */
class DeclaredMeshIT {

    private static final String VALUES = """
            eastWestGateway: {service: {annotations: {scheme: internal}}}
            namespaces: {sample: {labels: {team: mesh}}}
            """;

    @Test
    void shouldStartEachChangeFromWhatTheLastOneLeft() {
        // given
        ProcessFleet fleet = TestApplication.take(3);
        PlayedChange installed = fleet.request("multi-primary-multi-network", Map.of("values", VALUES));
        installed.approve("carla");
        assertThat(installed.end()).isEqualTo("EndEvent_MeshVerified");

        // then
        DeclaredMesh first = declared(fleet);
        assertThat(first.state()).isEqualTo(State.VERIFIED);
        assertThat(first.change()).isEqualTo(installed.id());
        assertThat(first.person()).isEqualTo("olivia");
        assertThat(first.roots()).hasSize(1);
        assertThat(members(first.mesh())).isEqualTo(fleet.clusters());
        assertThat(installed.records())
                .anyMatch(record -> record.contains("mesh as declared: VERIFIED Version 1 of the declared mesh"));

        // when a mesh is named and nothing else
        PlayedChange out = start(fleet, "take-out-cluster", Map.of("takeOut", fleet.third()));
        out.approve("carla");
        assertThat(out.end()).isEqualTo("EndEvent_ClustersTakenOut");
        assertThat(members(declared(fleet).mesh())).containsExactly(fleet.first(), fleet.second());

        PlayedChange joined = start(fleet, "add-cluster", Map.of("join", fleet.third()));
        String plan = joined.shown("Approve adding %s to %s".formatted(fleet.third(), fleet.mesh()), "plan");
        joined.approve("carla");
        assertThat(joined.end()).isEqualTo("EndEvent_MeshVerified");
        assertThat(members(declared(fleet).mesh())).isEqualTo(fleet.clusters());
        assertThat(declared(fleet).mesh().topology()).isEqualTo(first.mesh().topology());
        assertThat(changedIn(joined, fleet.first()))
                .as("what the mesh that was there gets")
                .allMatch(record -> record.contains("istio-remote-secret-" + fleet.third())
                        || record.contains("helloworld")
                        || record.contains("Namespace sample")
                        || record.contains("sample/"));
        assertThat(plan).contains("istio-remote-secret-" + fleet.third());
        assertThat(annotations(fleet.third())).as("by the declared values").containsEntry("scheme", "internal");

        PlayedChange verified = start(fleet, "verify-mesh", Map.of("keepSample", true));
        verified.approve("carla");
        assertThat(verified.end()).isEqualTo("EndEvent_MeshVerified");
        assertThat(declared(fleet).mesh().topology()).isEqualTo(first.mesh().topology());
        assertThat(declared(fleet).mesh().values()).isEqualTo(first.mesh().values());
        assertThat(clusters()
                        .get(new ClusterName(fleet.third()))
                        .find(Namespace.class, null, "sample")
                        .orElseThrow()
                        .getMetadata()
                        .getLabels())
                .as("what the verification made by the declared values")
                .containsEntry("team", "mesh");

        PlayedChange removed = start(fleet, "remove-mesh", Map.of("confirmMeshId", fleet.mesh()));
        removed.approve("carla");
        assertThat(removed.end()).isEqualTo("EndEvent_MeshRemoved");

        // then
        assertThat(meshes().history(fleet.mesh()))
                .extracting(DeclaredMesh::state, DeclaredMesh::origin)
                .containsExactly(
                        tuple(State.REMOVED, "remove"),
                        tuple(State.VERIFIED, "verify"),
                        tuple(State.VERIFIED, "add"),
                        tuple(State.VERIFIED, "take out"),
                        tuple(State.VERIFIED, "install"));
        refused(fleet, "verify-mesh", Map.of("mesh", fleet.mesh()), "mesh: expected");
    }

    @Test
    void shouldRefuseWhatContradictsWhatIsDeclared() {
        // given
        ProcessFleet fleet = TestApplication.take(3);
        PlayedChange installed = fleet.request("multi-primary-multi-network", Map.of("values", VALUES));
        installed.approve("carla");
        assertThat(installed.end()).isEqualTo("EndEvent_MeshVerified");
        String confirmed = fleet.mesh();

        // then
        refused(
                fleet,
                "remove-mesh",
                Map.of("mesh", fleet.mesh(), "confirmMeshId", confirmed, "istioVersion", "1.28.10"),
                "istioVersion: expected '1.30.3', as declared of mesh " + fleet.mesh());
        refused(
                fleet,
                "verify-mesh",
                Map.of("mesh", fleet.mesh(), "clusters", fleet.first() + "," + fleet.second()),
                "clusters: expected [%s, %s, %s], as declared".formatted(fleet.first(), fleet.second(), fleet.third()));
        refused(
                fleet,
                "verify-mesh",
                Map.of("mesh", fleet.mesh(), "clusters", String.join(",", fleet.clusters()), "primary", fleet.first()),
                "expected primary, as declared");
        refused(
                fleet,
                "remove-mesh",
                Map.of("mesh", fleet.mesh(), "confirmMeshId", " " + fleet.mesh()),
                "confirmMeshId: expected the mesh's ID once more, '%s', found ' %s'"
                        .formatted(fleet.mesh(), fleet.mesh()));
        refused(
                fleet,
                "verify-mesh",
                Map.of("mesh", fleet.mesh(), "values", "istiod: {autoscaleMin: 9}"),
                "values, line 1, column 1, values: expected eastWestGateway:");
        refused(
                fleet,
                "verify-mesh",
                Map.of("meshFile", """
                        meshId: %s
                        istioVersion: 1.30.3
                        clusters:
                        - {name: %s, values: {istiod: {autoscaleMin: 9}}}
                        - name: %s
                        - name: %s
                        """.formatted(fleet.mesh(), fleet.first(), fleet.second(), fleet.third())),
                "clusters[%s].values: expected none, as declared of mesh %s".formatted(fleet.first(), fleet.mesh()));
        refused(fleet, "verify-mesh", Map.of("mesh", "no-such-mesh"), "mesh: expected one of the declared meshes");
        refused(fleet, "take-out-cluster", Map.of(), "found neither a mesh nor clusters");
        refused(fleet, "take-out-cluster", Map.of("mesh", fleet.mesh()), "some of [" + fleet.first());
        refused(fleet, "add-cluster", Map.of(), "mesh: expected one of the declared meshes");
        refused(fleet, "add-cluster", Map.of("mesh", fleet.mesh()), "join: expected the clusters that join the mesh");
        refused(
                fleet,
                "add-cluster",
                Map.of("mesh", fleet.mesh(), "join", fleet.first()),
                "join: expected clusters other than the members [" + fleet.first());
        refused(
                fleet,
                "add-cluster",
                Map.of("mesh", fleet.mesh(), "join", "nowhere", "role", "leader"),
                "request, join, clusters: expected one of the inventory");
        refused(fleet, "add-cluster", Map.of("mesh", fleet.mesh(), "join", "new,new"), "join, clusters: expected each");
        for (String rotation : List.of("rotate-remote-tokens", "rotate-intermediates")) {
            refused(
                    fleet,
                    rotation,
                    Map.of("mesh", fleet.mesh(), "clusters", fleet.first() + "," + fleet.first()),
                    "clusters: expected each cluster once, found '%s' again".formatted(fleet.first()));
        }
        refused(
                fleet,
                "adopt-mesh",
                Map.of("clusters", "a,a"),
                "clusters: expected each cluster once, found 'a' again");
        refused(
                fleet,
                "add-cluster",
                Map.of("mesh", fleet.mesh(), "join", "nowhere", "role", "leader", "istioVersion", "1.30.3"),
                "istioVersion");
    }

    @Test
    void shouldAskAgainAboutARemovalThatAnotherChangeHasOvertaken() {
        // given
        ProcessFleet fleet = TestApplication.take(3);
        PlayedChange installed = fleet.request();
        installed.approve("carla");
        assertThat(installed.end()).isEqualTo("EndEvent_MeshVerified");
        PlayedChange removal = start(fleet, "remove-mesh", Map.of("confirmMeshId", fleet.mesh()));
        String stale = removal.task("Approve removal of " + fleet.mesh()).getId();
        PlayedChange verification = start(fleet, "verify-mesh", Map.of());
        verification.task("Approve change");
        PlayedChange out = start(fleet, "take-out-cluster", Map.of("takeOut", fleet.third()));
        String name = "Approve taking %s out of %s".formatted(fleet.third(), fleet.mesh());
        out.decide("carla", name, Map.of("approved", true, "comment", "go ahead"));
        assertThat(out.end()).isEqualTo("EndEvent_ClustersTakenOut");

        // when
        verification.decide("carla", "Approve change", Map.of("approved", true, "comment", "go ahead"));
        assertThat(verification.shown("Decide how to go on", "failureText"))
                .contains("as when this change was requested", "since version 2 of the declared mesh (take out)");
        verification.decide("oscar", "Decide how to go on", Map.of("decision", "stop", "comment", "it is outdated"));
        removal.approve("carla");
        await().until(() -> removal.tasks("Approve removal of " + fleet.mesh()).stream()
                .anyMatch(task -> !task.getId().equals(stale)));
        String plan = removal.shown("Approve removal of " + fleet.mesh(), "plan");
        removal.approve("carla");

        // then
        assertThat(plan).contains("What has moved since the approval", fleet.third(), "no longer a part of the change");
        assertThat(removal.end()).isEqualTo("EndEvent_MeshRemoved");
        assertThat(removal.records()).noneMatch(record -> record.contains("ALREADY_DELETED"));
    }

    @Test
    void shouldReadFromTheClustersWhatWasInstalledThere() {
        // given
        ProcessFleet fleet = TestApplication.take(2);
        PlayedChange installed = fleet.request();
        installed.approve("carla");
        assertThat(installed.end()).isEqualTo("EndEvent_MeshVerified");
        RunningMesh running = TestApplication.CONTEXT.getBean(RunningMesh.class);

        // when
        FoundMesh found =
                running.read(fleet.clusters().stream().map(ClusterName::new).toList());
        FoundMesh part = running.read(List.of(new ClusterName(fleet.first())));
        FoundMesh nothing =
                running.read(List.of(new ClusterName(TestApplication.take(1).first())));

        // then
        DeclaredMesh declared = declared(fleet);
        assertThat(found.findings().list()).extracting(Finding::toString).isEmpty();
        assertThat(found.roots()).isEqualTo(declared.roots());
        Mesh mesh = found.mesh().orElseThrow();
        assertThat(mesh.id()).isEqualTo(declared.mesh().id());
        assertThat(mesh.version()).isEqualTo(declared.mesh().version());
        assertThat(mesh.revision()).isEqualTo(declared.mesh().revision());
        assertThat(mesh.members()).isEqualTo(declared.mesh().members());
        assertThat(part.findings().list())
                .extracting(Finding::toString)
                .anyMatch(finding -> finding.contains("some for [" + fleet.second()));
        assertThat(nothing.mesh()).isEmpty();
    }

    private static Map<String, String> annotations(String cluster) {
        return clusters()
                .get(new ClusterName(cluster))
                .find(Service.class, "istio-system", "istio-eastwestgateway")
                .orElseThrow()
                .getMetadata()
                .getAnnotations();
    }

    private static Clusters clusters() {
        return TestApplication.CONTEXT.getBean(Clusters.class);
    }

    private static List<String> changedIn(PlayedChange change, String cluster) {
        return change.records().stream()
                .filter(record -> record.contains(", " + cluster + ", "))
                .filter(record -> record.contains("CREATED") || record.contains("PATCHED"))
                .toList();
    }

    private static PlayedChange start(ProcessFleet fleet, String process, Map<String, Object> more) {
        Map<String, Object> inputs = new HashMap<>(more);
        inputs.put("mesh", fleet.mesh());
        inputs.put("reason", "a test");
        return PlayedChange.request(TestApplication.ENGINE, "olivia", process, fleet.mesh(), inputs);
    }

    private static void refused(ProcessFleet fleet, String process, Map<String, Object> inputs, String finding) {
        assertThatThrownBy(() -> PlayedChange.request(TestApplication.ENGINE, "olivia", process, fleet.mesh(), inputs))
                .hasMessageContaining(finding);
    }

    private static DeclaredMesh declared(ProcessFleet fleet) {
        return meshes().find(fleet.mesh()).orElseThrow();
    }

    private static DeclaredMeshes meshes() {
        return TestApplication.CONTEXT.getBean(DeclaredMeshes.class);
    }

    private static List<String> members(Mesh mesh) {
        return mesh.members().stream()
                .map(Member::cluster)
                .map(ClusterName::value)
                .toList();
    }
}

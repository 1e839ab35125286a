package io.meshspan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On real API servers and istiods: a mesh that Helm's charts made is adopted, and no pod of it restarts. */
class AdoptMeshE2E extends OnRealClusters {

    private static final String VERIFIED = "EndEvent_MeshVerified";

    @ParameterizedTest
    @MethodSource("versions")
    void shouldAdoptSeveralPrimariesOnTheirNetworks(String version) {
        shouldAdopt(version, fleet().contexts(), List.of());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void shouldAdoptAPrimaryWithRemotes(String version) {
        List<String> all = fleet().contexts();
        shouldAdopt(version, all.subList(0, 1), all.subList(1, all.size()));
    }

    private void shouldAdopt(String version, List<String> primaries, List<String> remotes) {
        // given
        GivenMesh.byHelm(fleet(), version, primaries, remotes);
        Map<String, String> pods = pods();

        // when
        E2eChange change = E2eChange.request(
                fleet().application(),
                "adopt-mesh",
                E2eFleet.MESH,
                Map.of("clusters", String.join(",", fleet().contexts()), "reason", "end-to-end test"));
        String plan = change.shown("Approve adopting " + E2eFleet.MESH, "plan");
        change.approve();

        // then
        assertThat(change.end()).isEqualTo(VERIFIED);
        assertThat(change.verification()).contains("Verified").doesNotContain("Findings");
        assertThat(pods()).as(plan).isEqualTo(pods);
        fleet().clusters()
                .forEach(cluster -> assertThat(managers(cluster))
                        .as(plan)
                        .contains("meshspan")
                        .doesNotContain("helm"));
        assertThat(GivenMesh.awaitDrift(fleet()).path("items").toString()).isIn("[]", "");
        remove();
    }

    /** What was adopted goes as what Meshspan installed; the namespace stays, for others made it. */
    private void remove() {
        E2eChange removal = fleet().requestDeclared("remove-mesh", Map.of("confirmMeshId", E2eFleet.MESH));
        removal.approve();
        assertThat(removal.end()).isEqualTo("EndEvent_MeshRemoved");
        fleet().clusters()
                .forEach(cluster -> assertThat(cluster.client()
                                .apps()
                                .deployments()
                                .inNamespace(LiveCluster.ISTIO_SYSTEM)
                                .list()
                                .getItems())
                        .isEmpty());
        GivenMesh.removeNamespace(fleet());
    }

    private Map<String, String> pods() {
        Map<String, String> pods = new TreeMap<>();
        fleet().clusters()
                .forEach(cluster -> cluster.client()
                        .pods()
                        .inNamespace(LiveCluster.ISTIO_SYSTEM)
                        .list()
                        .getItems()
                        .forEach(pod -> pods.put(
                                cluster.name() + "/" + pod.getMetadata().getName(),
                                pod.getMetadata().getUid())));
        return pods;
    }

    private static List<String> managers(LiveCluster cluster) {
        return cluster
                .client()
                .services()
                .inNamespace(LiveCluster.ISTIO_SYSTEM)
                .withName("istiod")
                .get()
                .getMetadata()
                .getManagedFields()
                .stream()
                .map(ManagedFieldsEntry::getManager)
                .toList();
    }

    List<String> versions() {
        return fleet().versions();
    }
}

package io.meshspan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.controlplane.IstiodVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** From the first version that is named to the second, on clusters whose istiods are real, while a client calls. */
class UpgradeMeshE2E extends OnRealClusters {

    @Override
    Map<String, String> properties() {
        return Map.of("meshspan.istio.allow-newer", "true");
    }

    @AfterEach
    void removeWorkloads() {
        HelloWorldWorkloads.remove(fleet().clusters());
    }

    @Test
    void shouldLoseNoCallWhileTheMeshMoves() {
        E2eChange upgrade = begun();
        List<String> all = fleet().contexts();
        try (ContinuousCalls calls = ContinuousCalls.among(fleet().clusters())) {
            // when
            upgrade.approve();
            assertThat(upgrade.nextWave("left").split(", ", -1)).hasSize(2 * all.size());
            System.out.println(upgrade.nextWave("figures"));
            upgrade.choose(
                    "move",
                    "wave",
                    all.stream()
                            .map(name -> name + "/" + HelloWorldWorkloads.SHOP)
                            .toArray(String[]::new));
            System.out.println(upgrade.nextWave("figures"));
            assertThat(upgrade.nextWave("left").split(", ", -1)).hasSize(all.size());
            upgrade.choose(
                    "move",
                    "wave",
                    all.stream()
                            .map(name -> name + "/" + HelloWorldWorkloads.CALLER)
                            .toArray(String[]::new));

            // then
            assertThat(upgrade.end()).isEqualTo("EndEvent_MeshVerified");
            calls.assertNoneLost();
        }
        fleet().clusters()
                .forEach(cluster -> assertThat(cluster.client()
                                .apps()
                                .deployments()
                                .inNamespace(LiveCluster.ISTIO_SYSTEM)
                                .withName("istiod")
                                .get())
                        .isNull());
    }

    @Test
    void shouldLoseNoCallWhileControlPlanesAreReplacedInPlace() {
        E2eChange upgrade = begun("upgrade-in-place");
        try (ContinuousCalls calls = ContinuousCalls.among(fleet().clusters())) {
            // when
            upgrade.approve();

            // then
            assertThat(upgrade.end()).isEqualTo("EndEvent_MeshVerified");
            calls.assertNoneLost();
        }
        List<Deployment> istiods = fleet().clusters().stream()
                .flatMap(cluster -> Stream.ofNullable(cluster.client()
                        .apps()
                        .deployments()
                        .inNamespace(LiveCluster.ISTIO_SYSTEM)
                        .withName("istiod")
                        .get()))
                .toList();
        assertThat(istiods)
                .isNotEmpty()
                .allSatisfy(istiod -> assertThat(IstiodVersion.of(istiod))
                        .hasToString("Optional[%s]".formatted(fleet().versions().get(1))));
    }

    @Test
    void shouldMoveBackAndLeaveTheMeshAsItWas() {
        E2eChange upgrade = begun();
        List<Set<String>> before = objects();
        upgrade.approve();
        upgrade.choose("move", "wave", fleet().first().name() + "/" + HelloWorldWorkloads.SHOP);
        upgrade.choose("rollBack", "");

        assertThat(upgrade.end()).isEqualTo("EndEvent_ChangeRolledBack");
        assertThat(fleet().first()
                        .client()
                        .namespaces()
                        .withName(HelloWorldWorkloads.SHOP)
                        .get()
                        .getMetadata()
                        .getLabels())
                .containsEntry("istio-injection", "enabled")
                .doesNotContainKey("istio.io/rev");
        assertThat(objects()).isEqualTo(before);
    }

    /** By name: what a roll back puts back has another version than before. */
    private List<Set<String>> objects() {
        return fleet().footprints().stream()
                .map(footprint -> footprint.states().keySet())
                .toList();
    }

    private E2eChange begun() {
        return begun("upgrade-mesh");
    }

    private E2eChange begun(String process) {
        Assumptions.assumeTrue(
                fleet().versions().size() > 1,
                "skipped, for it needs two versions; name them by -D" + GivenObjects.VERSIONS.property());
        fleet().install(version());
        HelloWorldWorkloads.create(fleet().clusters());
        return fleet().requestDeclared(
                        process, Map.of("istioVersion", fleet().versions().get(1)));
    }
}

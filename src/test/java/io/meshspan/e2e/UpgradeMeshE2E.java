package io.meshspan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.meshspan.controlplane.IstiodVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** From the first version that is named to the second, on clusters whose istiods are real, while a client calls. */
class UpgradeMeshE2E extends OnRealClusters {

    private static final String SHOP = "shop";
    private static final String CALLER = "caller";

    @Override
    Map<String, String> properties() {
        return Map.of("meshspan.istio.allow-newer", "true");
    }

    @AfterEach
    void removeWorkloads() {
        fleet().clusters()
                .forEach(cluster -> Stream.of(SHOP, CALLER)
                        .map(name -> cluster.client().namespaces().withName(name))
                        .forEach(namespace -> {
                            namespace.delete();
                            namespace.waitUntilCondition(gone -> gone == null, 1, TimeUnit.MINUTES);
                        }));
    }

    @Test
    void shouldLoseNoCallWhileTheMeshMoves() throws Exception {
        E2eChange upgrade = begun();
        List<String> all = fleet().contexts();
        try (CallsAcross calls = CallsAcross.from(fleet().first(), CALLER)) {
            // when
            upgrade.approve();
            assertThat(upgrade.nextWave("left").split(", ", -1)).hasSize(2 * all.size());
            System.out.println(upgrade.nextWave("figures"));
            upgrade.choose(
                    "move", "wave", all.stream().map(name -> name + "/" + SHOP).toArray(String[]::new));
            System.out.println(upgrade.nextWave("figures"));
            assertThat(upgrade.nextWave("left").split(", ", -1)).hasSize(all.size());
            upgrade.choose(
                    "move",
                    "wave",
                    all.stream().map(name -> name + "/" + CALLER).toArray(String[]::new));

            // then
            assertThat(upgrade.end()).isEqualTo("EndEvent_MeshVerified");
            System.out.println(calls);
            assertThat(calls.failed()).isEmpty();
            assertThat(calls.answered()).isGreaterThan(20);
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
    void shouldLoseNoCallWhileControlPlanesAreReplacedInPlace() throws Exception {
        E2eChange upgrade = begun("upgrade-in-place");
        try (CallsAcross calls = CallsAcross.from(fleet().first(), CALLER)) {
            // when
            upgrade.approve();

            // then
            assertThat(upgrade.end()).isEqualTo("EndEvent_MeshVerified");
            System.out.println(calls);
            assertThat(calls.failed()).isEmpty();
            assertThat(calls.answered()).isGreaterThan(20);
        }
        fleet().clusters()
                .forEach(cluster -> assertThat(IstiodVersion.of(cluster.client()
                                .apps()
                                .deployments()
                                .inNamespace(LiveCluster.ISTIO_SYSTEM)
                                .withName("istiod")
                                .get()))
                        .hasToString("Optional[%s]".formatted(fleet().versions().get(1))));
    }

    @Test
    void shouldMoveBackAndLeaveTheMeshAsItWas() {
        E2eChange upgrade = begun();
        List<Set<String>> before = objects();
        upgrade.approve();
        upgrade.choose("move", "wave", fleet().first().name() + "/" + SHOP);
        upgrade.choose("rollBack", "");

        assertThat(upgrade.end()).isEqualTo("EndEvent_ChangeRolledBack");
        assertThat(fleet().first()
                        .client()
                        .namespaces()
                        .withName(SHOP)
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
        List<LiveCluster> clusters = fleet().clusters();
        for (int i = 0; i < clusters.size(); i++) {
            use(clusters.get(i), "v" + (i + 1));
        }
        return fleet().requestDeclared(
                        process, Map.of("istioVersion", fleet().versions().get(1)));
    }

    private static void use(LiveCluster cluster, String version) {
        Stream.of(SHOP, CALLER)
                .forEach(name -> create(
                        cluster,
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .addToLabels("istio-injection", "enabled")
                                .endMetadata()
                                .build()));
        create(
                cluster,
                new ServiceBuilder()
                        .withNewMetadata()
                        .withName("helloworld")
                        .withNamespace(SHOP)
                        .endMetadata()
                        .withNewSpec()
                        .addToSelector("app", "helloworld")
                        .addNewPort()
                        .withName("http")
                        .withPort(5000)
                        .endPort()
                        .endSpec()
                        .build());
        deployment(cluster, SHOP, "helloworld", version, 2);
        deployment(cluster, CALLER, "curl", version, 1);
    }

    private static void deployment(LiveCluster cluster, String namespace, String app, String version, int replicas) {
        create(
                cluster,
                new DeploymentBuilder()
                        .withNewMetadata()
                        .withName(app)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(replicas)
                        .withNewSelector()
                        .addToMatchLabels("app", app)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app", app)
                        .addToLabels("version", version)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName(app)
                        .withImage("example.org/" + app + ":1")
                        .addNewPort()
                        .withContainerPort(5000)
                        .endPort()
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build());
        cluster.client()
                .apps()
                .deployments()
                .inNamespace(namespace)
                .withName(app)
                .waitUntilCondition(
                        made -> made.getStatus() != null
                                && Integer.valueOf(replicas)
                                        .equals(made.getStatus().getAvailableReplicas()),
                        1,
                        TimeUnit.MINUTES);
    }

    private static void create(LiveCluster cluster, HasMetadata object) {
        cluster.client().resource(object).create();
    }
}

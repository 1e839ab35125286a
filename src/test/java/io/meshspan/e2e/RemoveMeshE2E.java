package io.meshspan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The way back on clusters whose API servers, controllers and istiods are real. */
class RemoveMeshE2E extends OnRealClusters {

    private static final String REMOVED = "EndEvent_MeshRemoved";
    private static final String SYSTEM = LiveCluster.ISTIO_SYSTEM;

    @Test
    void shouldLeaveNothingOfMeshspansAndAllOfOthers() {
        // given
        List<Stock> before = stocks();
        fleet().install(version());
        LiveCluster first = fleet().first();
        first.client().resource(theirs()).create();

        // when
        E2eChange removal = fleet().request("remove-mesh", version(), fleet().contexts(), confirmed(Map.of()));
        removal.approve();

        // then
        assertThat(removal.end()).isEqualTo(REMOVED);
        Namespace shared = first.client().namespaces().withName(SYSTEM).get();
        assertThat(shared.getMetadata().getLabels()).doesNotContainKey("topology.istio.io/network");
        assertThat(first.client().resource(theirs()).get()).isNotNull();
        first.client().namespaces().withName(SYSTEM).delete();
        first.client().namespaces().withName(SYSTEM).waitUntilCondition(Objects::isNull, 2, TimeUnit.MINUTES);
        assertThat(added(before)).allMatch(name -> name.contains("CustomResourceDefinition"));
    }

    @Test
    void shouldRemoveTheDefinitionsOnceThatIsApproved() {
        // given
        Assumptions.assumeTrue(
                GivenObjects.REMOVE_DEFINITIONS.text().filter("true"::equals).isPresent(),
                "skipped, for it removes Istio's custom resource definitions; allow it by -D"
                        + GivenObjects.REMOVE_DEFINITIONS.property());
        List<Stock> before = stocks();
        fleet().install(version());

        // when
        E2eChange removal =
                fleet().request("remove-mesh", version(), fleet().contexts(), confirmed(Map.of("removeCrds", true)));
        removal.approve().approve("Approve removal of CRDs");

        // then
        assertThat(removal.end()).isEqualTo(REMOVED);
        assertThat(added(before)).as(removal.kept("leftovers")).isEmpty();
    }

    @Test
    void shouldTakeOneClusterOutOfTheAccessOfTheOthersFirst() {
        // given
        Assumptions.assumeTrue(fleet().clusters().size() > 2, "skipped, for a mesh of one cluster would be left");
        LiveCluster last = fleet().last();
        fleet().install(version());
        List<String> gone = new CopyOnWriteArrayList<>();
        Watch secrets = fleet().first().client().secrets().inNamespace(SYSTEM).watch(noting(gone));
        Watch planes = last.client().apps().deployments().inNamespace(SYSTEM).watch(noting(gone));

        // when
        E2eChange removal =
                fleet().request("take-out-cluster", version(), fleet().contexts(), Map.of("takeOut", last.name()));
        removal.approve();

        // then
        assertThat(removal.end()).isEqualTo("EndEvent_ClustersTakenOut");
        secrets.close();
        planes.close();
        assertThat(gone).containsExactly("istio-remote-secret-" + last.name(), "istio-eastwestgateway", "istiod");
        assertThat(last.client().namespaces().withName(SYSTEM).get()).isNull();
        List<String> rest = fleet().contexts().subList(0, fleet().contexts().size() - 1);
        E2eChange verification = fleet().request("verify-mesh", version(), rest, Map.of());
        verification.approve();
        assertThat(verification.end()).isEqualTo("EndEvent_MeshVerified");
    }

    private static <T extends HasMetadata> Watcher<T> noting(List<String> gone) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, T found) {
                if (action == Action.DELETED) {
                    gone.add(found.getMetadata().getName());
                }
            }

            @Override
            public void onClose(WatcherException cause) {
                throw new IllegalStateException("The watch broke off", cause);
            }
        };
    }

    private static Map<String, Object> confirmed(Map<String, Object> more) {
        Map<String, Object> inputs = new HashMap<>(more);
        inputs.put("confirmMeshId", E2eFleet.MESH);
        return inputs;
    }

    private static ConfigMap theirs() {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(SYSTEM)
                .withName("theirs")
                .endMetadata()
                .addToData("key", "value")
                .build();
    }

    /** What is there now and was not before. */
    private List<String> added(List<Stock> before) {
        List<Stock> now = stocks();
        return IntStream.range(0, now.size())
                .boxed()
                .flatMap(i -> now.get(i).names().stream()
                        .filter(name -> !before.get(i).names().contains(name))
                        .map(name -> fleet().contexts().get(i) + ": " + name))
                .toList();
    }

    private List<Stock> stocks() {
        return fleet().clusters().stream().map(Stock::of).toList();
    }
}

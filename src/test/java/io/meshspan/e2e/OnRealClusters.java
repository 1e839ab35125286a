package io.meshspan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What tests on real clusters share: a service that is started once, and clusters that are left without Meshspan. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(ClustersNamed.class)
abstract class OnRealClusters {

    private static final String ROLLED_BACK = "EndEvent_ChangeRolledBack";
    private static final int MINUTES = 2;

    private @Nullable E2eFleet given;

    @BeforeAll
    void start() {
        given = E2eFleet.start(properties());
    }

    /** What the application is told besides the clusters. */
    Map<String, String> properties() {
        return Map.of();
    }

    /** As each test wants to find the clusters. */
    @BeforeEach
    void prepare() {
        fleet().cleanUp();
    }

    @AfterAll
    void leaveNothing() {
        if (given != null) {
            given.cleanUp();
            given.close();
        }
    }

    E2eFleet fleet() {
        return Objects.requireNonNull(given);
    }

    /** The first of those that are named. */
    String version() {
        return fleet().versions().get(0);
    }

    /** There is no room for the sample: somebody else has its namespace, once that of an earlier verification is gone. */
    static void rolledBackAtItsVerification(E2eChange e2eChange, LiveCluster cluster) {
        Resource<Namespace> sample = cluster.client().namespaces().withName("sample");
        sample.waitUntilCondition(Objects::isNull, MINUTES, TimeUnit.MINUTES);
        cluster.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("sample")
                        .endMetadata()
                        .build())
                .create();
        e2eChange.approve();
        assertThat(e2eChange.question()).contains(cluster.name(), "sample");
        sample.delete();
        sample.waitUntilCondition(Objects::isNull, MINUTES, TimeUnit.MINUTES);
        e2eChange.answer("rollBack");
        assertThat(e2eChange.end()).isEqualTo(ROLLED_BACK);
    }
}

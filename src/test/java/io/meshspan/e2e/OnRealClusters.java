package io.meshspan.e2e;

import java.util.Map;
import java.util.Objects;
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
}

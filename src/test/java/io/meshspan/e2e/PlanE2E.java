package io.meshspan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On clusters whose controllers and istiod are real: their writes are no drift, and what a person writes is. */
class PlanE2E extends OnRealClusters {

    private static final String AGAIN = "Approve changed plan";
    private static final Duration A_WHILE = Duration.ofSeconds(60);
    private static final String NOTHING = "0 objects to create, 0 to change, 0 to delete";

    @BeforeAll
    void cleanUp() {
        fleet().cleanUp();
    }

    @Override
    @BeforeEach
    void prepare() {
        fleet().install(version());
    }

    @Test
    void shouldPlanTheSameNothingWhateverControllersWrite() {
        // given
        E2eChange first = fleet().request(version());
        assertThat(first.planSummary()).contains(NOTHING);
        String digest = first.shown("Approve change", "planDigest");

        // when
        fleet().restartIstiods();
        first.approve();
        first.end();
        await().pollDelay(A_WHILE).atMost(A_WHILE.multipliedBy(2)).until(() -> true);

        // then
        E2eChange second = fleet().request(version());
        assertThat(second.planSummary()).contains(NOTHING);
        assertThat(second.shown("Approve change", "planDigest")).isEqualTo(digest);
        second.reject("Approve change");
    }

    @Test
    void shouldGoBackToTheApproverWithTheFieldThatSomebodyEdited() {
        // given
        E2eChange e2eChange = fleet().request(version());
        e2eChange.planSummary();
        fleet().last().editMeshConfig("# by hand");
        List<Footprint> before = fleet().footprints();

        // when
        e2eChange.approve();

        // then
        assertThat(e2eChange.shown(AGAIN, "plan"))
                .contains(fleet().last().name())
                .contains("ConfigMap istio-system/istio", "data.mesh", "# by hand", "leave as it is");
        assertThat(fleet().footprints()).isEqualTo(before);
        e2eChange.reject(AGAIN);
        assertThat(e2eChange.end()).isEqualTo("EndEvent_ChangedPlanRejected");
        assertThat(fleet().footprints()).isEqualTo(before);
    }
}

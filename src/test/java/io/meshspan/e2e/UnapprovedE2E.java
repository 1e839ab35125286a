package io.meshspan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever tampers with a change between its plan and its end: real clusters get nothing that nobody approved. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(ClustersNamed.class)
class UnapprovedE2E {

    private static final String FIRST = "Approve change";
    private static final String AGAIN = "Approve changed plan";

    private @org.jspecify.annotations.Nullable Fleet given;

    @BeforeAll
    void start() {
        given = Fleet.start();
    }

    @BeforeEach
    void nothing() {
        fleet().cleanUp();
    }

    @AfterAll
    void leaveNothing() {
        if (given != null) {
            given.cleanUp();
            given.close();
        }
    }

    @Test
    void shouldApplyNothingOfChartsThatChangedOnDisk() {
        // given
        Path charts = TamperedCharts.of(version());
        Change change = fleet().request(version());
        change.planSummary();
        List<Footprint> before = fleet().footprints();

        // when
        Change resumed = fleet().resume(change, charts);
        resumed.approve();

        // then
        assertThat(resumed.shown(AGAIN, "plan")).contains(TamperedCharts.OBJECT, "not in the approved plan");
        assertThat(fleet().footprints()).isEqualTo(before);
        resumed.reject(AGAIN);
        assertThat(resumed.end()).isEqualTo("EndEvent_ChangedPlanRejected");
        assertThat(fleet().footprints()).isEqualTo(before);
    }

    @Test
    void shouldNotTakeAnApprovalThatComesAgainForOneOfThePlanThatCameAfterIt() {
        // given
        fleet().install(version());
        Change change = fleet().request(version());
        String digest = change.shown(FIRST, "planDigest");
        fleet().last().editMeshConfig("# by hand");
        List<Footprint> before = fleet().footprints();
        change.approveByPipeline(digest);
        assertThat(change.shown(AGAIN, "planDigest")).isNotEqualTo(digest);

        // when, then
        assertThatThrownBy(() -> change.approveByPipeline(digest))
                .hasMessageContaining("409")
                .hasMessageContaining("does not ask about a plan " + digest);
        assertThat(fleet().footprints()).isEqualTo(before);
        change.reject(AGAIN);
        assertThat(change.end()).isEqualTo("EndEvent_ChangedPlanRejected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mesh", "plan", "planDigest", "approval"})
    void shouldRefuseToRewriteWhatIsToBeApproved(String variable) {
        // given
        Change change = fleet().request(version());
        List<Footprint> before = fleet().footprints();

        // when, then
        assertThatThrownBy(() -> change.rewrite("admin", FIRST, variable, "mine"))
                .hasMessageContaining("403")
                .hasMessageContaining("written by its steps and forms alone");
        change.reject(FIRST);
        assertThat(change.end()).isEqualTo("EndEvent_ChangeRejected");
        assertThat(fleet().footprints()).isEqualTo(before);
    }

    private String version() {
        return fleet().versions().get(0);
    }

    private Fleet fleet() {
        return Objects.requireNonNull(given);
    }
}

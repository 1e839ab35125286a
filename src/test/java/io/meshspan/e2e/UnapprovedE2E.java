package io.meshspan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What nobody approved is not applied to real clusters: other charts, an approval sent again, other variables. */
class UnapprovedE2E extends OnRealClusters {

    private static final String APPROVE = "Approve change";
    private static final String REJECTED = "EndEvent_ChangedPlanRejected";
    private static final String EXTRA = "unapproved";
    private static final String AGAIN = "Approve changed plan";
    private static final List<String> NAMES = List.of("mesh", "planDigest", "approved", "istioVersion", "clusters");
    private static final Map<String, Object> YES = Map.of("approved", Map.of("value", true));

    private final ChartsCopy charts = ChartsCopy.make();

    @Override
    Map<String, String> properties() {
        return Map.of(
                "meshspan.charts.source",
                charts.source(),
                "spring.datasource.url",
                "jdbc:h2:mem:unapproved;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE");
    }

    /** A test that failed leaves no change open that the next one would take for its own. */
    @AfterEach
    void endAllChanges() {
        fleet().endAllChanges();
        charts.remove(version(), EXTRA);
        fleet().application().restart();
    }

    @Test
    void shouldApplyNothingOfChartsThatChangedAfterTheApprovedPlan() {
        // given
        E2eChange e2eChange = fleet().request(version());
        e2eChange.planSummary();
        List<Footprint> before = fleet().footprints();

        // when
        charts.add(version(), EXTRA);
        fleet().application().restart();
        e2eChange.approve();

        // then
        assertThat(e2eChange.shown(AGAIN, "plan")).contains("ConfigMap istio-system/" + EXTRA);
        assertThat(fleet().footprints()).isEqualTo(before);
        e2eChange.reject(AGAIN);
        assertThat(e2eChange.end()).isEqualTo(REJECTED);
        assertThat(fleet().footprints()).isEqualTo(before);
    }

    @Test
    void shouldNotTakeAnApprovalOfOnePlanForTheNext() {
        // given
        fleet().install(version());
        E2eChange e2eChange = fleet().request(version());
        String first = e2eChange.taskId(APPROVE);
        String digest = e2eChange.shown(APPROVE, "planDigest");
        fleet().last().editMeshConfig("# by hand");
        e2eChange.approve();
        e2eChange.taskId(AGAIN);
        List<Footprint> before = fleet().footprints();

        // then
        assertThatThrownBy(() -> carla().post("/task/" + first + "/submit-form", Map.of("variables", YES)))
                .hasMessageContaining("This task no longer exists");
        assertThatThrownBy(() -> fleet().application()
                        .pipelineOf("carla")
                        .post(
                                "/changes/" + e2eChange.id() + "/approval",
                                Map.of("approved", true, "comment", "once more", "planDigest", digest)))
                .hasMessageContaining("plan");
        assertThat(e2eChange.taskId(AGAIN)).isNotBlank();
        assertThat(fleet().footprints()).isEqualTo(before);
        e2eChange.reject(AGAIN);
        assertThat(e2eChange.end()).isEqualTo(REJECTED);
    }

    @Test
    void shouldNotLetVariablesBeRewritten() {
        // given
        E2eChange e2eChange = fleet().request(version());
        e2eChange.planSummary();

        // then
        Stream.of("olivia", "carla", "admin")
                .forEach(person -> NAMES.forEach(name -> assertThatThrownBy(() -> rewrite(e2eChange, person, name))
                        .as("%s by %s", name, person)
                        .hasMessageContaining("Only steps and forms write the variables")));
        e2eChange.approve();
        assertThat(e2eChange.end()).isEqualTo("EndEvent_MeshVerified");
    }

    private void rewrite(E2eChange e2eChange, String person, String name) {
        fleet().application()
                .as(person)
                .put(
                        "/process-instance/%s/variables/%s".formatted(e2eChange.id(), name),
                        Map.of("value", "something else"));
    }

    private Rest carla() {
        return Objects.requireNonNull(fleet().application().as("carla"));
    }
}

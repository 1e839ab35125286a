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
        Change change = fleet().request(version());
        change.planSummary();
        List<Footprint> before = fleet().footprints();

        // when
        charts.add(version(), EXTRA);
        fleet().application().restart();
        change.approve();

        // then
        assertThat(change.shown(AGAIN, "plan")).contains("ConfigMap istio-system/" + EXTRA);
        assertThat(fleet().footprints()).isEqualTo(before);
        change.reject(AGAIN);
        assertThat(change.end()).isEqualTo(REJECTED);
        assertThat(fleet().footprints()).isEqualTo(before);
    }

    @Test
    void shouldNotTakeAnApprovalOfOnePlanForTheNext() {
        // given
        fleet().install(version());
        Change change = fleet().request(version());
        String first = change.taskId(APPROVE);
        String digest = change.shown(APPROVE, "planDigest");
        fleet().last().editMeshConfig("# by hand");
        change.approve();
        change.taskId(AGAIN);
        List<Footprint> before = fleet().footprints();

        // then
        assertThatThrownBy(() -> carla().post("/task/" + first + "/submit-form", Map.of("variables", YES)))
                .hasMessageContaining(first);
        assertThatThrownBy(() -> fleet().application()
                        .pipelineOf("carla")
                        .post(
                                "/changes/" + change.id() + "/approval",
                                Map.of("approved", true, "comment", "once more", "planDigest", digest)))
                .hasMessageContaining("plan");
        assertThat(change.taskId(AGAIN)).isNotBlank();
        assertThat(fleet().footprints()).isEqualTo(before);
        change.reject(AGAIN);
        assertThat(change.end()).isEqualTo(REJECTED);
    }

    @Test
    void shouldNotLetVariablesBeRewritten() {
        // given
        Change change = fleet().request(version());
        change.planSummary();

        // then
        Stream.of("olivia", "carla", "admin")
                .forEach(person -> NAMES.forEach(name -> assertThatThrownBy(() -> rewrite(change, person, name))
                        .as("%s by %s", name, person)
                        .hasMessageContaining("written by its steps and forms alone")));
        change.approve();
        assertThat(change.end()).isEqualTo("EndEvent_MeshVerified");
    }

    private void rewrite(Change change, String person, String name) {
        fleet().application()
                .as(person)
                .put(
                        "/process-instance/%s/variables/%s".formatted(change.id(), name),
                        Map.of("value", "something else"));
    }

    private Rest carla() {
        return Objects.requireNonNull(fleet().application().as("carla"));
    }
}

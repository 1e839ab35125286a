package io.meshspan.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes are found by what people remember of them, and forgotten when the retention says so. */
class ChangesTest {

    private final AuditDatabase database = new AuditDatabase();

    @BeforeEach
    void twoChanges() {
        database.change("c1", "mesh1", "olivia");
        database.end("c1", "mesh1", "Mesh verified");
        database.change("c2", "mesh2", "oscar");
    }

    @Test
    void shouldFindByMeshClusterPersonAndOutcome() {
        assertThat(found("mesh1", null, null, null)).containsExactly("c1");
        assertThat(found(null, "cluster2", null, null)).containsExactlyInAnyOrder("c1", "c2");
        assertThat(found(null, "cluster", null, null)).isEmpty();
        assertThat(found(null, null, "oscar", null)).containsExactly("c2");
        assertThat(found(null, null, "carla", null)).containsExactlyInAnyOrder("c1", "c2");
        assertThat(found(null, null, null, "running")).containsExactly("c2");
        assertThat(found(null, null, null, "Mesh verified")).containsExactly("c1");
        assertThat(found("mesh2", null, "carla", "Mesh verified")).isEmpty();
    }

    @Test
    void shouldFindByState() {
        assertThat(found(ChangeState.VERIFIED)).containsExactly("c1");
        assertThat(found(ChangeState.REMOVED)).isEmpty();
        assertThat(found(ChangeState.ENDED_OTHERWISE)).isEmpty();
        assertThat(found(ChangeState.WORKING)).containsExactly("c2");
    }

    @Test
    void shouldFindByProcess() {
        assertThat(processed("multi-primary", null)).hasSize(2);
        assertThat(processed("remove-mesh", null)).isEmpty();
        assertThat(processed(null, "multi-primary")).isEmpty();
        assertThat(processed(null, "verify-on-schedule")).hasSize(2);
    }

    private List<ChangeSummary> processed(@Nullable String process, @Nullable String except) {
        return database.changes.find(new ChangeFilter(null, null, null, null, null, null, null, process, except));
    }

    @Test
    void shouldFindByTime() {
        Instant now = Instant.now();
        Instant before = now.minus(Duration.ofMinutes(1));
        Instant after = now.plus(Duration.ofMinutes(1));

        assertThat(database.changes.find(new ChangeFilter(null, null, null, null, before, after, null, null, null)))
                .hasSize(2);
        assertThat(database.changes.find(new ChangeFilter(null, null, null, null, after, null, null, null, null)))
                .isEmpty();
        assertThat(database.changes.find(new ChangeFilter(null, null, null, null, null, before, null, null, null)))
                .isEmpty();
    }

    @Test
    void shouldForgetEndedChangesAsAWholeAndLeaveWhatProvesThem() {
        ChangeSummary before = database.changes.find("c1").orElseThrow();

        database.retention.forgetEndedBefore(Instant.now().plusSeconds(60));

        ChangeSummary after = database.changes.find("c1").orElseThrow();
        assertThat(database.changes.of("c1")).isEmpty();
        assertThat(after.forgotten()).isNotNull();
        assertThat(after.requester()).isNull();
        assertThat(after.reason()).isNull();
        assertThat(after.head()).isEqualTo(before.head());
        assertThat(after.seal()).isEqualTo(before.seal());
        assertThat(database.changes.of("c2")).hasSize(3);
    }

    @Test
    void shouldKeepWhatEndedLater() {
        database.retention.forget();

        assertThat(database.changes.of("c1")).hasSize(4);
    }

    private Iterable<String> found(ChangeState state) {
        return database.changes.find(new ChangeFilter(null, null, null, null, null, null, state, null, null)).stream()
                .map(ChangeSummary::id)
                .toList();
    }

    private Iterable<String> found(
            @Nullable String mesh, @Nullable String cluster, @Nullable String person, @Nullable String outcome) {
        return database
                .changes
                .find(new ChangeFilter(mesh, cluster, person, outcome, null, null, null, null, null))
                .stream()
                .map(ChangeSummary::id)
                .toList();
    }
}

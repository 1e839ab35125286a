package io.meshspan.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.database.SharedPostgres;
import io.meshspan.verification.VerificationRun.ClusterPair;
import io.meshspan.verification.VerificationRun.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of verifications, on both databases. */
class VerificationHistoryTest {

    private static final Instant AT = Instant.parse("2026-03-29T01:30:00.123Z");

    @Test
    void shouldKeepTheNewestOfEachMeshInH2() {
        shouldKeepTheNewestOfEachMesh(SharedPostgres.h2());
    }

    @Test
    void shouldKeepTheNewestOfEachMeshInPostgresql() {
        shouldKeepTheNewestOfEachMesh(SharedPostgres.postgresql());
    }

    private static void shouldKeepTheNewestOfEachMesh(DataSource database) {
        // given
        VerificationHistory history = new VerificationHistory(
                JdbcClient.create(database),
                new JdbcTemplate(database),
                new VerificationScheduleProperties("-", ZoneOffset.UTC, Duration.ofMinutes(20), 10));
        List<ClusterPair> pairs = List.of(
                new ClusterPair("cluster1", "cluster1", true, null, 10, 6, 0, new CallLatency(900, 4_000)),
                new ClusterPair("cluster1", "cluster2", false, "no answer in 10 calls", 10, 0, 0, null));

        // when
        VerificationRun other = history.add(run("other", Result.PASSED, pairs));
        VerificationRun first = history.add(run("mesh1", Result.FAILED, pairs));

        // then
        assertThat(first.pairs()).isEqualTo(pairs);
        assertThat(first.at()).isEqualTo(AT);
        assertThat(history.find("mesh1", first.id())).contains(first);
        assertThat(history.find("other", first.id())).as("of another mesh").isEmpty();
        assertThat(history.isFailing("mesh1")).isTrue();
        assertThat(history.isFailing("other")).isFalse();
        assertThat(history.reported("change of mesh1")).isTrue();
        assertThat(history.reported("another")).isFalse();

        // when skipped in a row
        history.add(run("mesh1", Result.SKIPPED, List.of()));
        VerificationRun skipped = history.add(run("mesh1", Result.SKIPPED, List.of()));

        // then
        assertThat(history.newest("mesh1", Long.MAX_VALUE, 9))
                .extracting(VerificationRun::id)
                .containsExactly(skipped.id(), first.id());
        assertThat(history.isFailing("mesh1")).as("skipping mends nothing").isTrue();

        // when it passes, again and again
        for (int i = 0; i < 10; i++) {
            history.add(run("mesh1", Result.PASSED, pairs));
        }

        // then
        assertThat(history.isFailing("mesh1")).isFalse();
        assertThat(history.newestWithPairs("mesh1", 99))
                .hasSize(10)
                .allMatch(run -> run.pairs().equals(pairs));
        assertThat(history.find("mesh1", first.id())).as("the oldest are gone").isEmpty();
        assertThat(JdbcClient.create(database)
                        .sql("select count(*) from MESHSPAN_VERIFICATION_PAIR")
                        .query(Long.class)
                        .single())
                .as("with their pairs")
                .isEqualTo(22);
        assertThat(history.newestWithPairs("other", 1)).containsExactly(other);
        List<VerificationRun> page = history.newest("mesh1", Long.MAX_VALUE, 4);
        assertThat(history.newest("mesh1", page.get(3).id(), 99)).hasSize(6);
        assertThat(history.newestWithPairs("nobody", 1)).isEmpty();
    }

    private static VerificationRun run(String mesh, Result result, List<ClusterPair> pairs) {
        return new VerificationRun(
                0,
                mesh,
                AT,
                result,
                VerificationHistory.SCHEDULE,
                "change of " + mesh,
                result == Result.PASSED ? null : "why",
                10,
                0,
                pairs);
    }
}

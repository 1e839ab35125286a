package io.meshspan.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.database.SharedPostgres;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a scrape tells of the newest verification, on both databases. */
class VerificationGaugesTest {

    private static final String MESH = "mesh-" + UUID.randomUUID();
    private static final int CLUSTERS = 50;

    @Test
    void shouldTellOfEachCallingClusterInH2() {
        shouldTellOfEachCallingCluster(SharedPostgres.h2());
    }

    @Test
    void shouldTellOfEachCallingClusterInPostgresql() {
        shouldTellOfEachCallingCluster(SharedPostgres.postgresql());
    }

    /** Fifty clusters have 2,500 pairs, and so many series a mesh would be three times as many as of everything else. */
    private static void shouldTellOfEachCallingCluster(DataSource source) {
        JdbcClient database = JdbcClient.create(source);
        database.sql("insert into MESHSPAN_MESH (MESH, VERSION, AT, STATE, ORIGIN, NOTE, DECLARED, ROOTS)"
                        + " values (?, 1, current_timestamp, 'VERIFIED', 'install', '', '{}', '')")
                .param(MESH)
                .update();
        database.sql("insert into MESHSPAN_VERIFICATION (MESH, AT, RESULT, ORIGIN, CALLS, FAILED_CALLS)"
                        + " values (?, current_timestamp, 'FAILED', 'install', 9, 4)")
                .param(MESH)
                .update();
        List<String> clusters =
                IntStream.range(0, CLUSTERS).mapToObj("c%d"::formatted).toList();
        clusters.forEach(from -> clusters.forEach(to -> pair(database, from, to)));

        Map<String, List<GaugeDataPointSnapshot>> gauges = new VerificationGauges(database)
                .snapshots().stream()
                        .collect(Collectors.toMap(
                                gauge -> gauge.getMetadata().getName(),
                                gauge -> gauge.getDataPoints().stream()
                                        .map(GaugeDataPointSnapshot.class::cast)
                                        .filter(point ->
                                                MESH.equals(point.getLabels().get("mesh")))
                                        .toList()));

        assertThat(gauges.values().stream().mapToInt(List::size).sum()).isEqualTo(2 + 4 * CLUSTERS);
        assertThat(of("c0", gauges.getOrDefault("meshspan_verification_unanswered_targets", List.of())))
                .isEqualTo(Map.of("", 1.0));
        assertThat(of("c1", gauges.getOrDefault("meshspan_verification_unanswered_targets", List.of())))
                .isEqualTo(Map.of("", 0.0));
        assertThat(of("c0", gauges.getOrDefault("meshspan_verification_failed_calls", List.of())))
                .isEqualTo(Map.of("", 4.0));
        assertThat(of("c1", gauges.getOrDefault("meshspan_verification_call_latency_seconds", List.of())))
                .isEqualTo(Map.of("median", 0.049, "slowest", 0.098));
    }

    /** Of c0, four calls failed, and c1 did not answer. The farther away a cluster, the slower. */
    private static void pair(JdbcClient database, String from, String to) {
        boolean answers = !from.equals("c0") || !to.equals("c1");
        long micros = answers ? Long.parseLong(to.substring(1)) * 1_000 : 1;
        database.sql("insert into MESHSPAN_VERIFICATION_PAIR (RUN_ID, SOURCE, TARGET, SUCCEEDED, CALLS, ANSWERS,"
                        + " FAILED_CALLS, MEDIAN_US, SLOWEST_US)"
                        + " values ((select max(ID) from MESHSPAN_VERIFICATION), ?, ?, ?, 5, 5, ?, ?, ?)")
                .params(from, to, answers, from.equals("c0") ? 4 : 0, micros, 2 * micros)
                .update();
    }

    private static Map<String, Double> of(String source, List<GaugeDataPointSnapshot> points) {
        return points.stream()
                .filter(point -> source.equals(point.getLabels().get("source")))
                .collect(Collectors.toMap(
                        point -> String.valueOf(point.getLabels().get("of")).replace("null", ""),
                        GaugeDataPointSnapshot::getValue,
                        (one, other) -> one,
                        TreeMap::new));
    }
}

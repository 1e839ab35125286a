package io.meshspan.metrics;

import io.meshspan.database.Utc;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The newest verification of each declared mesh, as gauges for each calling cluster: those of pairs would be 2,500 for a mesh of
 * 50 clusters. Its pairs are on the mesh's page. Skipped verifications do not count.
 */
final class VerificationGauges {

    private static final String SUCCESS = "meshspan_verification_success";
    private static final String TIME = "meshspan_verification_timestamp_seconds";
    private static final String UNANSWERED = "meshspan_verification_unanswered_targets";
    private static final String FAILED_CALLS = "meshspan_verification_failed_calls";
    private static final String LATENCY = "meshspan_verification_call_latency_seconds";
    static final List<String> NAMES = List.of(SUCCESS, TIME, UNANSWERED, FAILED_CALLS, LATENCY);

    private static final double MICROSECONDS = 1_000_000;

    private static final String NEWEST = """
            from MESHSPAN_VERIFICATION v join MESHSPAN_MESH m on m.MESH = v.MESH
            %s
            where m.STATE <> 'REMOVED' and m.VERSION = (select max(n.VERSION) from MESHSPAN_MESH n where n.MESH = m.MESH)
            and v.ID = (select max(l.ID) from MESHSPAN_VERIFICATION l where l.MESH = v.MESH and l.RESULT <> 'SKIPPED')
            %s
            order by v.MESH""";

    private static final String SOURCES = ("select v.MESH, p.SOURCE, sum(case when p.SUCCEEDED then 0 else 1 end),"
            + " max(case when p.SOURCE = p.TARGET then p.FAILED_CALLS else 0 end), max(p.MEDIAN_US), max(p.SLOWEST_US) "
            + NEWEST.formatted("join MESHSPAN_VERIFICATION_PAIR p on p.RUN_ID = v.ID", "group by v.MESH, p.SOURCE")
            + ", p.SOURCE");

    private final JdbcClient database;

    VerificationGauges(JdbcClient database) {
        this.database = database;
    }

    List<MetricSnapshot> snapshots() {
        List<GaugeDataPointSnapshot> successes = new ArrayList<>();
        List<GaugeDataPointSnapshot> times = new ArrayList<>();
        database.sql("select v.MESH, v.RESULT, v.AT " + NEWEST.formatted("", ""))
                .query(row -> {
                    Labels mesh = Labels.of("mesh", row.getString(1));
                    successes.add(point(mesh, row.getString(2).equals("PASSED") ? 1 : 0));
                    times.add(point(mesh, (double) Utc.required(row, "AT").getEpochSecond()));
                });
        List<GaugeDataPointSnapshot> unanswered = new ArrayList<>();
        List<GaugeDataPointSnapshot> failed = new ArrayList<>();
        List<GaugeDataPointSnapshot> latencies = new ArrayList<>();
        database.sql(SOURCES).query(row -> {
            Labels source = Labels.of("mesh", row.getString(1), "source", row.getString(2));
            unanswered.add(point(source, row.getInt(3)));
            failed.add(point(source, row.getInt(4)));
            Long median = row.getObject(5, Long.class);
            Long slowest = row.getObject(6, Long.class);
            if (median != null && slowest != null) {
                latencies.add(point(source.merge(Labels.of("of", "median")), median / MICROSECONDS));
                latencies.add(point(source.merge(Labels.of("of", "slowest")), slowest / MICROSECONDS));
            }
        });
        return List.of(
                gauge(SUCCESS, "1 if the newest verification of a declared mesh passed", successes),
                gauge(TIME, "When a declared mesh was last verified, in seconds since 1970", times),
                gauge(
                        UNANSWERED,
                        "Clusters that did not answer calls from this one at the newest verification",
                        unanswered),
                gauge(FAILED_CALLS, "Calls from a cluster that no cluster answered at the newest verification", failed),
                gauge(
                        LATENCY,
                        "How long answered calls took within the calling pod at the newest verification, to the slowest target",
                        latencies));
    }

    private static GaugeDataPointSnapshot point(Labels labels, double value) {
        return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
    }

    private static GaugeSnapshot gauge(String name, String help, List<GaugeDataPointSnapshot> points) {
        return new GaugeSnapshot(new MetricMetadata(name, help), points);
    }
}

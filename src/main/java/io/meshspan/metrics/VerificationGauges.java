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

/** The newest verification of each declared mesh, as gauges. Skipped ones do not count. */
final class VerificationGauges {

    private static final String SUCCESS = "meshspan_verification_success";
    private static final String TIME = "meshspan_verification_timestamp_seconds";
    private static final String PAIR_SUCCESS = "meshspan_verification_pair_success";
    private static final String FAILED_CALLS = "meshspan_verification_failed_calls";
    private static final String LATENCY = "meshspan_verification_call_latency_seconds";
    static final List<String> NAMES = List.of(SUCCESS, TIME, PAIR_SUCCESS, FAILED_CALLS, LATENCY);

    private static final double MICROSECONDS = 1_000_000;

    private static final String NEWEST = """
            from MESHSPAN_VERIFICATION v join MESHSPAN_MESH m on m.MESH = v.MESH
            %s
            where m.STATE <> 'REMOVED' and m.VERSION = (select max(n.VERSION) from MESHSPAN_MESH n where n.MESH = m.MESH)
            and v.ID = (select max(l.ID) from MESHSPAN_VERIFICATION l where l.MESH = v.MESH and l.RESULT <> 'SKIPPED')
            order by v.MESH""";

    private final JdbcClient database;

    VerificationGauges(JdbcClient database) {
        this.database = database;
    }

    List<MetricSnapshot> snapshots() {
        List<GaugeDataPointSnapshot> successes = new ArrayList<>();
        List<GaugeDataPointSnapshot> times = new ArrayList<>();
        database.sql("select v.MESH, v.RESULT, v.AT " + NEWEST.formatted("")).query(row -> {
            Labels mesh = Labels.of("mesh", row.getString(1));
            successes.add(point(mesh, row.getString(2).equals("PASSED") ? 1 : 0));
            times.add(point(mesh, (double) Utc.required(row, "AT").getEpochSecond()));
        });
        List<GaugeDataPointSnapshot> pairs = new ArrayList<>();
        List<GaugeDataPointSnapshot> failed = new ArrayList<>();
        List<GaugeDataPointSnapshot> latencies = new ArrayList<>();
        database.sql("select v.MESH, p.SOURCE, p.TARGET, p.SUCCEEDED, p.FAILED_CALLS, p.MEDIAN_US, p.SLOWEST_US "
                        + NEWEST.formatted("join MESHSPAN_VERIFICATION_PAIR p on p.RUN_ID = v.ID")
                        + ", p.SOURCE, p.TARGET")
                .query(row -> {
                    Labels pair =
                            Labels.of("mesh", row.getString(1), "source", row.getString(2), "target", row.getString(3));
                    pairs.add(point(pair, row.getBoolean(4) ? 1 : 0));
                    if (row.getString(2).equals(row.getString(3))) {
                        failed.add(
                                point(Labels.of("mesh", row.getString(1), "source", row.getString(2)), row.getInt(5)));
                    }
                    Long median = row.getObject(6, Long.class);
                    Long slowest = row.getObject(7, Long.class);
                    if (median != null && slowest != null) {
                        latencies.add(point(pair.merge(Labels.of("of", "median")), median / MICROSECONDS));
                        latencies.add(point(pair.merge(Labels.of("of", "slowest")), slowest / MICROSECONDS));
                    }
                });
        return List.of(
                gauge(SUCCESS, "1 if the newest verification of a declared mesh passed", successes),
                gauge(TIME, "When a declared mesh was last verified, in seconds since 1970", times),
                gauge(
                        PAIR_SUCCESS,
                        "1 if calls from one cluster to another were answered at the newest verification",
                        pairs),
                gauge(FAILED_CALLS, "Calls from a cluster that no cluster answered at the newest verification", failed),
                gauge(
                        LATENCY,
                        "How long answered calls took within the calling pod at the newest verification",
                        latencies));
    }

    private static GaugeDataPointSnapshot point(Labels labels, double value) {
        return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
    }

    private static GaugeSnapshot gauge(String name, String help, List<GaugeDataPointSnapshot> points) {
        return new GaugeSnapshot(new MetricMetadata(name, help), points);
    }
}

package io.meshspan.metrics;

import io.meshspan.approval.OpenTasks;
import io.meshspan.approval.OpenTasks.OpenTask;
import io.meshspan.database.EngineTables;
import io.meshspan.database.Utc;
import io.meshspan.schedule.PeriodicTasks;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/**
 * Gauges from the database, the same on each node. They are read when Prometheus asks, at most once per {@code
 * meshspan.metrics.state-every}. If the database does not answer, these gauges are absent, because old values would
 * look current.
 */
@Component
final class StateGauges implements MultiCollector {

    private static final Logger LOG = LoggerFactory.getLogger(StateGauges.class);
    private static final String CHANGES = "meshspan_changes_running";
    private static final String TASKS = "meshspan_tasks_open";
    private static final String AGE = "meshspan_task_oldest_age_seconds";
    private static final String INCIDENTS = "meshspan_incidents_open";
    private static final String WAITS = "meshspan_waits_open";
    private static final String LEASES = "meshspan_lease_held";
    private static final String JOBS = "meshspan_engine_jobs";
    private static final String NODES = "meshspan_nodes";
    private static final String EXPIRY = "meshspan_certificate_expiry_timestamp_seconds";
    private static final String DRIFT = "meshspan_mesh_drift";
    private static final String DRIFT_CHECKED = "meshspan_mesh_drift_checked_timestamp_seconds";
    static final List<String> NAMES = Stream.concat(
                    Stream.of(CHANGES, TASKS, AGE, INCIDENTS, WAITS, LEASES, JOBS, NODES, EXPIRY, DRIFT, DRIFT_CHECKED),
                    VerificationGauges.NAMES.stream())
            .toList();

    private static final List<String> JOB_STATES = List.of("due", "locked", "retrying", "exhausted", "timer");

    /** The processes that ask about what a check of a mesh has found. */
    private static final Set<String> FINDINGS = Set.of("check-drift", "renew-credentials");

    private static final double MILLISECONDS = 1000;
    private static final int SECONDS_TO_READ = 5;

    private final JdbcClient database;
    private final VerificationGauges verifications;
    private final OpenTasks tasks;
    private final CertificateExpiry certificates;
    private final Duration serves;
    private final ThreadPoolTaskScheduler reader;
    private MetricSnapshots last = new MetricSnapshots();
    private Instant read = Instant.EPOCH;

    StateGauges(
            JdbcClient database,
            OpenTasks tasks,
            CertificateExpiry certificates,
            MetricsProperties properties,
            PeriodicTasks periodic) {
        this.reader = periodic.scheduler("gauges", 1);
        this.database = database;
        this.verifications = new VerificationGauges(database);
        this.tasks = tasks;
        this.certificates = certificates;
        this.serves = properties.stateEvery();
    }

    /** After all tables exist. */
    @EventListener
    void register(ApplicationStartedEvent started) {
        ObjectProvider<PrometheusRegistry> registry =
                started.getApplicationContext().getBeanProvider(PrometheusRegistry.class);
        registry.ifAvailable(used -> used.register(this));
    }

    @Override
    public List<String> getPrometheusNames() {
        return NAMES;
    }

    @Override
    public synchronized MetricSnapshots collect() {
        Instant now = Instant.now();
        if (Duration.between(read, now).compareTo(serves) >= 0) {
            read = now;
            last = readInTime(now);
        }
        return last;
    }

    /** On a separate thread: the scrape also has metrics of this node and must end in time. */
    private MetricSnapshots readInTime(Instant now) {
        Future<MetricSnapshots> reading = reader.submit(() -> snapshots(now));
        try {
            return reading.get(SECONDS_TO_READ, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            reading.cancel(true);
            LOG.warn("The database does not tell how changes stand; asked again at a later scrape");
        }
        return new MetricSnapshots();
    }

    private MetricSnapshots snapshots(Instant now) {
        List<MetricSnapshot> all = new ArrayList<>();
        all.add(
                gauge(
                        CHANGES,
                        "Changes that have not ended",
                        points(
                                "process",
                                counted(
                                        "select PROCESS, count(*) from MESHSPAN_CHANGE where ENDED_AT is null group by PROCESS"))));
        tasks(now, all);
        all.add(gauge(
                INCIDENTS,
                "Steps that have no attempt left and wait for a person",
                List.of(point(
                        Labels.EMPTY,
                        database.sql(EngineTables.OPEN_INCIDENTS)
                                .query(Long.class)
                                .single()))));
        all.add(gauge(
                WAITS,
                "Waits for a condition in a cluster, by condition",
                points("condition", counted(EngineTables.OPEN_WAITS))));
        all.add(gauge(LEASES, "1 for each cluster that a change holds", leases()));
        all.add(gauge(JOBS, "Jobs of the engine, by state", points("state", jobs(now))));
        all.add(gauge(
                NODES,
                "Nodes that share the database, as it knows them",
                List.of(point(
                        Labels.EMPTY,
                        database.sql("select count(*) from MESHSPAN_NODE")
                                .query(Long.class)
                                .single()))));
        all.add(gauge(
                EXPIRY,
                "When the CA certificate of a cluster of a declared mesh expires, in seconds since 1970",
                expiries()));
        drift(all);
        all.addAll(verifications.snapshots());
        return new MetricSnapshots(all);
    }

    /** Of declared meshes that were checked; what people accepted or ignore counts apart. */
    private void drift(List<MetricSnapshot> all) {
        List<GaugeDataPointSnapshot> differences = new ArrayList<>();
        List<GaugeDataPointSnapshot> times = new ArrayList<>();
        database.sql("select d.MESH, d.OPEN_ITEMS, d.SETTLED_ITEMS, d.CHECKED_AT from MESHSPAN_DRIFT d"
                        + " join MESHSPAN_MESH m on m.MESH = d.MESH where m.STATE <> 'REMOVED' and m.VERSION ="
                        + " (select max(n.VERSION) from MESHSPAN_MESH n where n.MESH = m.MESH) order by d.MESH")
                .query(row -> {
                    String mesh = row.getString(1);
                    differences.add(point(Labels.of("mesh", mesh, "decision", "none"), row.getInt(2)));
                    differences.add(point(Labels.of("mesh", mesh, "decision", "settled"), row.getInt(3)));
                    times.add(point(Labels.of("mesh", mesh), (double)
                            Utc.required(row, "CHECKED_AT").getEpochSecond()));
                });
        all.add(gauge(DRIFT, "Differences between a declared mesh and its clusters, at the last check", differences));
        all.add(gauge(
                DRIFT_CHECKED,
                "When a declared mesh was last compared with its clusters, in seconds since 1970",
                times));
    }

    private void tasks(Instant now, List<MetricSnapshot> all) {
        List<OpenTask> open = tasks.all();
        List<GaugeDataPointSnapshot> numbers = new ArrayList<>();
        List<GaugeDataPointSnapshot> ages = new ArrayList<>();
        for (String one : List.of("approval", "decision", "finding")) {
            Labels kind = Labels.of("kind", one);
            List<OpenTask> some =
                    open.stream().filter(task -> kind(task).equals(one)).toList();
            numbers.add(point(kind, some.size()));
            ages.add(point(
                    kind,
                    some.stream()
                            .mapToDouble(
                                    task -> Duration.between(task.asked(), now).toMillis() / MILLISECONDS)
                            .max()
                            .orElse(0)));
        }
        all.add(gauge(TASKS, "Approvals, decisions and findings that wait for a person", numbers));
        all.add(gauge(AGE, "How long the oldest of them waits; 0 if there is none", ages));
    }

    /** A finding keeps no cluster: no change waits for the answer. */
    private static String kind(OpenTask task) {
        if (task.approval()) {
            return "approval";
        }
        return FINDINGS.contains(task.process()) ? "finding" : "decision";
    }

    private Map<String, Long> jobs(Instant now) {
        Map<String, Long> jobs = new TreeMap<>();
        JOB_STATES.forEach(state -> jobs.put(state, 0L));
        database.sql(EngineTables.JOB_STATES).param("now", Utc.of(now)).query(row -> {
            jobs.put(row.getString(1), row.getLong(2));
        });
        return jobs;
    }

    private Map<String, Long> counted(String sql) {
        Map<String, Long> counted = new TreeMap<>();
        database.sql(sql).query(row -> {
            counted.put(String.valueOf(row.getString(1)), row.getLong(2));
        });
        return counted;
    }

    private List<GaugeDataPointSnapshot> leases() {
        return database.sql("select distinct CLUSTER_NAME, MESH from MESHSPAN_LEASE")
                .query((row, number) -> point(Labels.of("cluster", row.getString(1), "mesh", row.getString(2)), 1))
                .list();
    }

    private List<GaugeDataPointSnapshot> expiries() {
        List<GaugeDataPointSnapshot> expiries = new ArrayList<>();
        certificates.known().forEach(dates -> {
            expiries.add(expiry(dates, "intermediate", dates.validUntil()));
            expiries.add(expiry(dates, "root", dates.rootValidUntil()));
        });
        return expiries;
    }

    private static GaugeDataPointSnapshot expiry(CertificateExpiry.Dates dates, String certificate, Instant until) {
        return point(Labels.of("mesh", dates.mesh(), "cluster", dates.cluster(), "certificate", certificate), (double)
                until.getEpochSecond());
    }

    private static List<GaugeDataPointSnapshot> points(String label, Map<String, Long> values) {
        return values.entrySet().stream()
                .map(each -> point(Labels.of(label, each.getKey()), each.getValue()))
                .toList();
    }

    private static GaugeDataPointSnapshot point(Labels labels, double value) {
        return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
    }

    private static GaugeSnapshot gauge(String name, String help, List<GaugeDataPointSnapshot> points) {
        return new GaugeSnapshot(new MetricMetadata(name, help), points);
    }
}

package io.meshspan.node;

import io.meshspan.database.EngineTables;
import io.meshspan.database.Utc;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.lease.HeldLeases;
import io.meshspan.mesh.ClusterName;
import io.meshspan.schedule.PeriodicTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The steps that run on any node. Each has a row that is committed before the step starts, outside of the step's own
 * transaction (ADR 12). If a decision cancels a step, the engine forgets it at once, but its calls continue, and their late
 * writes would survive a roll back. A row stays until its step can no longer write.
 */
@Component
public final class StepsInFlight {

    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    private record Row(String id, String words, long signs, boolean ended) {}

    private record Observation(String change, long signs, boolean ended, long since) {}

    private static final Logger LOG = LoggerFactory.getLogger(StepsInFlight.class);
    private static final Duration MOMENT = Duration.ofMillis(250);

    private final JdbcClient database;
    private final TransactionTemplate apart;
    private final NodeId node;
    private final Duration takeOver;
    private final LongSupplier nanoTime;
    private final Clusters clusters;
    private final HeldLeases held;
    private final ThreadPoolTaskScheduler timer;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final Map<String, Observation> seen = new ConcurrentHashMap<>();

    @Autowired
    StepsInFlight(
            JdbcClient database,
            PlatformTransactionManager transactions,
            NodeId node,
            NodeProperties properties,
            Clusters clusters,
            HeldLeases held,
            PeriodicTasks periodic) {
        this(database, transactions, node, properties, clusters, held, periodic, System::nanoTime);
    }

    StepsInFlight(
            JdbcClient database,
            PlatformTransactionManager transactions,
            NodeId node,
            NodeProperties properties,
            Clusters clusters,
            HeldLeases held,
            PeriodicTasks periodic,
            LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.database = database;
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.node = node;
        this.takeOver = properties.takeOver();
        this.clusters = clusters;
        this.held = held;
        this.timer = periodic.scheduler("steps-in-flight", 1);
    }

    /**
     * If a decision cancels the step, either the decision finds its row, or the step finds that its job is gone.
     *
     * @param job the engine's job of this step
     * @throws TransientException if it was cancelled before it started
     */
    public void during(String change, String step, @Nullable String cluster, String job, Work work) throws Exception {
        long began = nanoTime.getAsLong();
        String id = UUID.randomUUID().toString();
        running.add(id);
        try {
            apart.executeWithoutResult(transaction -> insert(id, change, step, cluster));
            if (isCalledOff(job)) {
                throw new TransientException("%s: a decision called this step off before it began".formatted(step));
            }
            work.run();
        } finally {
            running.remove(id);
            end(id, change, began);
        }
    }

    private void insert(String id, String change, String step, @Nullable String cluster) {
        database.sql("insert into MESHSPAN_STEP_IN_FLIGHT"
                        + " (ID, CHANGE_ID, STEP, CLUSTER_NAME, NODE, BEGUN_AT) values (?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(id, change, step, cluster, node.toString(), Utc.of(Instant.now())))
                .update();
    }

    /** For read-only work that continues after its step: its row is kept alive from the step's commit on. */
    public String open(String change, String step) {
        String id = UUID.randomUUID().toString();
        insert(id, change, step, null);
        return id;
    }

    /** Increments the row's heartbeat. */
    public void keepAlive(String id) {
        running.add(id);
    }

    public void close(String id) {
        running.remove(id);
        delete(id);
    }

    /** Whether a living node still does this work. Must be called repeatedly. */
    public boolean isAlive(String change, String id) {
        return rows(change).stream()
                .filter(row -> row.id().equals(id) && !row.ended())
                .anyMatch(row -> running.contains(id) || quiet(change, row).compareTo(takeOver) < 0);
    }

    private boolean isCalledOff(String job) {
        return Boolean.TRUE.equals(apart.execute(transaction -> database.sql(EngineTables.JOB)
                .param(job)
                .query(String.class)
                .optional()
                .isEmpty()));
    }

    /** If the database cannot store this, the row is settled like that of a dead node. */
    private void end(String id, String change, long began) {
        try {
            Duration rest = apart.execute(transaction -> end(id, mayStillBeWritten(change, began)));
            if (rest != null && !rest.isZero()) {
                settleLater(id, change, began);
            }
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("The end of a step of change {} cannot be written to the database", change);
        }
    }

    /** The answer to its last write, or to one of a parallel step, usually comes soon. */
    private void settleLater(String id, String change, long began) {
        var unused = timer.schedule(
                () -> {
                    if (mayStillBeWritten(change, began).isZero()) {
                        delete(id);
                    } else {
                        settleLater(id, change, began);
                    }
                },
                Instant.now().plus(MOMENT));
    }

    private Duration end(String id, Duration rest) {
        if (rest.isZero()) {
            delete(id);
        } else {
            database.sql("update MESHSPAN_STEP_IN_FLIGHT set ENDED = true where ID = ?")
                    .param(id)
                    .update();
        }
        return rest;
    }

    private void delete(String id) {
        database.sql("delete from MESHSPAN_STEP_IN_FLIGHT where ID = ?")
                .param(id)
                .update();
        seen.remove(id);
    }

    /** How long a write to the change's clusters, sent since then without an answer, may still be executed. */
    private Duration mayStillBeWritten(String change, long began) {
        Duration since = Duration.ofNanos(nanoTime.getAsLong() - began);
        return held.of(change).stream()
                .flatMap(cluster -> unansweredWrite(cluster).stream())
                .filter(age -> age.compareTo(since) <= 0)
                .map(age -> clusters.lateWriteWithin().minus(age))
                .filter(rest -> !rest.isNegative())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** If the configuration has no way to reach a cluster, nothing was sent to it. */
    private Optional<Duration> unansweredWrite(ClusterName cluster) {
        try {
            return clusters.get(cluster).unansweredWrite();
        } catch (StepFailed e) {
            return Optional.empty();
        }
    }

    /** Whether no started step of this change can write any more. Must be called repeatedly. */
    public boolean settled(String change) {
        List<Row> rows = rows(change);
        Set<String> ids = rows.stream().map(Row::id).collect(Collectors.toSet());
        seen.entrySet().removeIf(row -> row.getValue().change().equals(change) && !ids.contains(row.getKey()));
        return rows.stream().map(row -> settled(change, row)).reduce(true, Boolean::logicalAnd);
    }

    private boolean settled(String change, Row row) {
        Duration enough = row.ended() ? clusters.lateWriteWithin() : takeOver.plus(clusters.lateWriteWithin());
        boolean settled = quiet(change, row).compareTo(enough) >= 0;
        if (settled) {
            delete(row.id());
        }
        return settled;
    }

    /** How long this process has seen the row unchanged; it does not use another machine's clock. */
    private Duration quiet(String change, Row row) {
        long now = nanoTime.getAsLong();
        Observation last = seen.compute(
                row.id(),
                (id, before) -> before != null && before.signs() == row.signs() && before.ended() == row.ended()
                        ? before
                        : new Observation(change, row.signs(), row.ended(), now));
        return Duration.ofNanos(now - last.since());
    }

    /** The running steps, for a person or process that waits for their end. */
    public List<String> describe(String change) {
        return rows(change).stream().map(Row::words).toList();
    }

    private List<Row> rows(String change) {
        return database.sql("select ID, STEP, CLUSTER_NAME, NODE, SIGNS, ENDED from MESHSPAN_STEP_IN_FLIGHT"
                        + " where CHANGE_ID = ? order by BEGUN_AT, ID")
                .param(change)
                .query((row, number) -> new Row(
                        row.getString("ID"),
                        words(
                                row.getString("STEP"),
                                Optional.ofNullable(row.getString("CLUSTER_NAME")),
                                row.getString("NODE"),
                                row.getBoolean("ENDED")),
                        row.getLong("SIGNS"),
                        row.getBoolean("ENDED")))
                .list();
    }

    private static String words(String step, Optional<String> cluster, String node, boolean ended) {
        return "%s%s on node %s%s"
                .formatted(
                        step,
                        cluster.map(name -> " in " + name).orElse(""),
                        node,
                        ended ? " (ended; a write of it has no answer)" : "");
    }

    /** Writes a heartbeat for the steps that run here. */
    public void sign() {
        running.forEach(id -> database.sql("update MESHSPAN_STEP_IN_FLIGHT set SIGNS = SIGNS + 1 where ID = ?")
                .param(id)
                .update());
    }

    /** Marks the steps that this node ran when it stopped as ended; their last calls may still be executed. */
    @EventListener(ApplicationStartedEvent.class)
    void endThoseOfThePast() {
        List<String> past = database.sql("select ID from MESHSPAN_STEP_IN_FLIGHT where NODE = ? and ENDED = false")
                .param(node.toString())
                .query(String.class)
                .list();
        past.stream().filter(id -> !running.contains(id)).forEach(id -> end(id, clusters.lateWriteWithin()));
    }
}

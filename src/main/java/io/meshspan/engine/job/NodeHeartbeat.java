package io.meshspan.engine.job;

import io.meshspan.node.NodeClaim;
import io.meshspan.node.NodeId;
import io.meshspan.node.NodeProperties;
import io.meshspan.node.StepsInFlight;
import io.meshspan.schedule.PeriodicTasks;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
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
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * This node's heartbeat, and the recovery of nodes that stopped theirs: it unlocks their jobs for the other nodes. So a
 * job's lock may be longer than the longest step, and the work of a dead node still continues soon (ADR 15).
 */
@Component
final class NodeHeartbeat {

    private static final Logger LOG = LoggerFactory.getLogger(NodeHeartbeat.class);

    private record Node(String id, long signs) {}

    private record Observation(long signs, long since) {}

    private final NodeProperties properties;
    private final NodeId id;
    private final NodeClaim claim;
    private final StepsInFlight steps;
    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final LongSupplier nanoTime;
    private final ThreadPoolTaskScheduler timer;
    private final Map<String, Observation> seen = new ConcurrentHashMap<>();
    private final AtomicBoolean databaseWasLost = new AtomicBoolean();

    @Autowired
    NodeHeartbeat(
            NodeProperties properties,
            NodeId id,
            NodeClaim claim,
            StepsInFlight steps,
            JdbcClient database,
            PlatformTransactionManager transactions,
            PeriodicTasks periodic) {
        this(properties, id, claim, steps, database, transactions, periodic, System::nanoTime);
    }

    NodeHeartbeat(
            NodeProperties properties,
            NodeId id,
            NodeClaim claim,
            StepsInFlight steps,
            JdbcClient database,
            PlatformTransactionManager transactions,
            PeriodicTasks periodic,
            LongSupplier nanoTime) {
        this.properties = properties;
        this.id = id;
        this.claim = claim;
        this.steps = steps;
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
        this.nanoTime = nanoTime;
        this.timer = periodic.scheduler("heartbeat", 1);
    }

    @EventListener(ApplicationStartedEvent.class)
    void start() {
        beat();
        var unused = timer.scheduleWithFixedDelay(
                this::beat, Instant.now().plus(properties.signEvery()), properties.signEvery());
    }

    /**
     * When the node loses the database, some of its jobs may stay locked although nobody executes them: the answer to an
     * acquisition was lost, or the end of a job was not written. They are unlocked when the database answers again; by then,
     * other nodes would do the same.
     */
    void databaseWasLost() {
        databaseWasLost.set(true);
    }

    void beat() {
        try {
            sign();
            steps.sign();
            claim.renew();
            if (databaseWasLost.getAndSet(false)) {
                JobRecovery.free(database, id.toString());
            }
            takeOver();
        } catch (SQLException | DataAccessException | TransactionException e) {
            databaseWasLost();
            LOG.warn("The database does not store this node's heartbeat; it is tried again soon");
        }
    }

    private void sign() {
        int known = database.sql("update MESHSPAN_NODE set SIGNS = SIGNS + 1 where ID = ?")
                .param(id.toString())
                .update();
        if (known == 0) {
            database.sql("insert into MESHSPAN_NODE (ID) values (?)")
                    .param(id.toString())
                    .update();
        }
    }

    private void takeOver() {
        List<Node> others = database.sql("select ID, SIGNS from MESHSPAN_NODE where ID <> ?")
                .param(id.toString())
                .query((row, number) -> new Node(row.getString("ID"), row.getLong("SIGNS")))
                .list();
        Set<String> ids = others.stream().map(Node::id).collect(Collectors.toSet());
        seen.keySet().retainAll(ids);
        others.stream().filter(this::isSilent).forEach(this::takeOver);
    }

    /** Measured by this process since the last heartbeat that it saw. It does not rely on another machine's clock. */
    private boolean isSilent(Node node) {
        long now = nanoTime.getAsLong();
        Observation last = seen.compute(
                node.id(),
                (name, before) ->
                        before != null && before.signs() == node.signs() ? before : new Observation(node.signs(), now));
        return Duration.ofNanos(now - last.since()).compareTo(properties.takeOver()) >= 0;
    }

    /** Only one of the other nodes does this, and none if the node has sent a heartbeat meanwhile. */
    private void takeOver(Node node) {
        seen.remove(node.id());
        Integer freed = transaction.execute(status -> {
            int gone = database.sql("delete from MESHSPAN_NODE where ID = ? and SIGNS = ?")
                    .params(node.id(), node.signs())
                    .update();
            return gone == 0 ? 0 : JobRecovery.free(database, node.id());
        });
        if (freed != null && freed > 0) {
            LOG.warn("Node {} sends no heartbeat; {} of its jobs continue elsewhere", node.id(), freed);
        }
    }
}

package io.meshspan.process.engine.node;

import jakarta.annotation.PreDestroy;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Prolongs the locks of the jobs that this node executes. So a dead node's work is taken over soon, and a living one's not
 * at all, however long its steps take. The rows keep their revision: nothing changes for the step that is under way.
 */
@Component
final class SignsOfLife {

    private static final Logger LOG = LoggerFactory.getLogger(SignsOfLife.class);

    private final NodeProperties node;
    private final NodeClaim claim;
    private final NodeId id;
    private final RunningJobs running;
    private final JdbcClient database;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "signs-of-life");
        thread.setDaemon(true);
        return thread;
    });

    SignsOfLife(NodeProperties node, NodeClaim claim, NodeId id, RunningJobs running, JdbcClient database) {
        this.node = node;
        this.claim = claim;
        this.id = id;
        this.running = running;
        this.database = database;
    }

    @EventListener(ApplicationStartedEvent.class)
    void start() {
        long every = node.signEvery().toMillis();
        var unused = timer.scheduleWithFixedDelay(this::give, every, every, TimeUnit.MILLISECONDS);
    }

    private void give() {
        try {
            running.ids().forEach(this::prolong);
            claim.renew();
        } catch (SQLException | DataAccessException e) {
            LOG.warn("The database does not take this node's sign of life; tried again soon");
        }
    }

    private void prolong(String job) {
        Timestamp end = Timestamp.from(ClockUtil.getCurrentTime().toInstant().plus(node.takeOver()));
        database.sql("update ACT_RU_JOB set LOCK_EXP_TIME_ = ? where ID_ = ? and LOCK_OWNER_ = ?")
                .params(end, job, id.toString())
                .update();
    }

    @PreDestroy
    void close() {
        timer.shutdownNow();
    }
}

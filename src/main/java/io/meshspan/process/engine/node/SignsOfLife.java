package io.meshspan.process.engine.node;

import jakarta.annotation.PreDestroy;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Prolongs the locks of the jobs that this node executes. So a dead node's work is taken over soon, and a living one's not
 * at all, however long its steps take.
 */
@Component
final class SignsOfLife {

    private static final Logger LOG = LoggerFactory.getLogger(SignsOfLife.class);

    private final NodeProperties node;
    private final NodeClaim claim;
    private final JobLocks locks;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "signs-of-life");
        thread.setDaemon(true);
        return thread;
    });

    SignsOfLife(NodeProperties node, NodeClaim claim, JobLocks locks) {
        this.node = node;
        this.claim = claim;
        this.locks = locks;
    }

    @EventListener(ApplicationStartedEvent.class)
    void start() {
        long every = node.signEvery().toMillis();
        var unused = timer.scheduleWithFixedDelay(this::give, every, every, TimeUnit.MILLISECONDS);
    }

    private void give() {
        try {
            locks.prolong();
            claim.renew();
        } catch (SQLException | DataAccessException e) {
            LOG.warn("The database does not take this node's sign of life; tried again soon");
        }
    }

    @PreDestroy
    void close() {
        timer.shutdownNow();
    }
}

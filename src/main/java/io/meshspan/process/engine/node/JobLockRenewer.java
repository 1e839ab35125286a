package io.meshspan.process.engine.node;

import io.meshspan.schedule.PeriodicTasks;
import java.sql.SQLException;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/**
 * Prolongs the locks of the jobs that this node executes. So a dead node's work is taken over soon, and a living one's not
 * at all, however long its steps take.
 */
@Component
final class JobLockRenewer {

    private static final Logger LOG = LoggerFactory.getLogger(JobLockRenewer.class);

    private final NodeProperties node;
    private final NodeClaim claim;
    private final JobLocks locks;
    private final StepsInFlight steps;
    private final ThreadPoolTaskScheduler timer;

    JobLockRenewer(NodeProperties node, NodeClaim claim, JobLocks locks, StepsInFlight steps, PeriodicTasks periodic) {
        this.steps = steps;
        this.timer = periodic.scheduler("signs-of-life", 1);
        this.node = node;
        this.claim = claim;
        this.locks = locks;
    }

    @EventListener(ApplicationStartedEvent.class)
    void start() {
        var unused = timer.scheduleWithFixedDelay(this::give, Instant.now().plus(node.signEvery()), node.signEvery());
    }

    private void give() {
        try {
            locks.prolong();
            steps.sign();
            claim.renew();
        } catch (SQLException | DataAccessException e) {
            LOG.warn("The database does not take this node's sign of life; tried again soon");
        }
    }
}

package io.meshspan.node;

import io.meshspan.audit.Changes;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.lease.ClusterLeases;
import io.meshspan.lease.HeldLeases;
import io.meshspan.lease.Holder;
import io.meshspan.mesh.ClusterName;
import io.meshspan.rollback.StateBefore;
import io.meshspan.schedule.PeriodicTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/**
 * Renews the Leases of all running changes in the database, on whichever node they run: a change may wait for people longer
 * than a Lease lasts, and longer than the node that took it runs. Releases the Leases of changes that ended, also if the
 * node where they ended died before it could.
 */
@Component
public class LeaseKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final int THREADS = 4;
    private static final Duration SOON = Duration.ofSeconds(1);

    private final ClusterLeases leases;
    private final HeldLeases held;
    private final Changes changes;
    private final StateBefore before;
    private final StepsInFlight steps;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final ThreadPoolTaskScheduler timer;

    LeaseKeeper(
            ClusterLeases leases,
            HeldLeases held,
            Changes changes,
            StateBefore before,
            StepsInFlight steps,
            PeriodicTasks periodic) {
        this.steps = steps;
        this.timer = periodic.scheduler("leases", THREADS);
        this.leases = leases;
        this.held = held;
        this.changes = changes;
        this.before = before;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        var unused = timer.scheduleWithFixedDelay(this::renewAll, leases.renewEvery());
    }

    private void renewAll() {
        try {
            List<Holder> holders = held.holders();
            leases.rememberOnly(holders.stream().map(Holder::change).collect(Collectors.toSet()));
            holders.forEach(holder -> timer.execute(() -> renew(holder)));
        } catch (DataAccessException e) {
            LOG.warn("The held clusters cannot be read from the database; tried again soon");
        }
    }

    /** Several renewals of one change at a time would only block each other. */
    private void renew(Holder holder) {
        if (busy.add(holder.change())) {
            try {
                renewOrRelease(holder, held.of(holder.change()));
            } catch (StepFailed | TransientException | DataAccessException e) {
                LOG.warn("The Leases of {} could not be renewed in every cluster; tried again soon", holder);
            } finally {
                busy.remove(holder.change());
            }
        }
    }

    private void renewOrRelease(Holder holder, List<ClusterName> clusters) {
        if (ended(holder.change()) && steps.settled(holder.change())) {
            release(holder, clusters);
        } else {
            tell(holder, leases.renew(holder, clusters));
        }
    }

    private boolean ended(String change) {
        return changes.find(change).filter(summary -> summary.ended() != null).isPresent();
    }

    private static void tell(Holder holder, List<ClusterName> lost) {
        if (!lost.isEmpty()) {
            LOG.warn("{} lost {}; it continues when it holds them again", holder, lost);
        }
    }

    /**
     * Not on the engine's thread: a cluster that does not answer must not delay the end of a change. The next change must
     * not start while this one may still write, so the renewals continue until then.
     */
    public void releaseSoon(Holder holder, List<ClusterName> clusters) {
        timer.execute(() -> releaseWhenSettled(holder, clusters));
    }

    private void releaseWhenSettled(Holder holder, List<ClusterName> clusters) {
        if (steps.settled(holder.change())) {
            release(holder, clusters);
        } else {
            var unused = timer.schedule(
                    () -> releaseWhenSettled(holder, clusters), Instant.now().plus(SOON));
        }
    }

    /** Only once, whether the clusters answer or not: a Lease that is not released expires. */
    private void release(Holder holder, List<ClusterName> clusters) {
        before.forget(holder.change());
        leases.release(holder, clusters);
        held.forget(holder.change());
    }
}

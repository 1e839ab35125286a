package io.meshspan.process.engine.node;

import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * One node at a time makes or changes the database's tables and what must stand in them. The engine itself looks whether
 * its tables are there, and creates them: two nodes that start on an empty database would both try, and one would fail.
 */
@Component
class StartupLock {

    private static final Logger LOG = LoggerFactory.getLogger(StartupLock.class);
    private static final int SECONDS = 300;

    private final SharedLock lock;

    StartupLock(SharedLocks locks) {
        this.lock = locks.named("meshspan start");
    }

    /** Waits for other nodes that are starting, five minutes at most. */
    void take() {
        try {
            if (!lock.tryTake()) {
                LOG.info("Another node is starting on this database; this one goes on when that one is ready");
                lock.await(SECONDS);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The database does not let this node start (another one has been starting for more than %d s, perhaps): %s"
                            .formatted(SECONDS, e.getMessage()),
                    e);
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    void giveBack() {
        try {
            lock.release();
        } catch (SQLException e) {
            LOG.warn("The turn to start could not be given back; it ends with this node's connection", e);
        }
    }
}

package io.meshspan.process.engine.node;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The jobs that this node executes at the moment. */
@Component
final class RunningJobs {

    private final Set<String> ids = ConcurrentHashMap.newKeySet();

    /** Unless it runs here already: its lock may have ended while the database was away. */
    void run(String job, Runnable work) {
        if (ids.add(job)) {
            try {
                work.run();
            } finally {
                ids.remove(job);
            }
        }
    }

    Set<String> ids() {
        return Set.copyOf(ids);
    }
}

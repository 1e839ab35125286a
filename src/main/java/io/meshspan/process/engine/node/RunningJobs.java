package io.meshspan.process.engine.node;

import java.sql.Timestamp;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.springframework.stereotype.Component;

/** The jobs that this node executes at the moment. */
@Component
final class RunningJobs {

    private final Map<String, JobFailureCollector> jobs = new ConcurrentHashMap<>();

    /** Unless it runs here already: its lock may have ended while the database was away. */
    void run(JobFailureCollector job, Runnable work) {
        if (jobs.putIfAbsent(job.getJobId(), job) == null) {
            try {
                work.run();
            } finally {
                jobs.remove(job.getJobId());
            }
        }
    }

    Set<String> ids() {
        return Set.copyOf(jobs.keySet());
    }

    /**
     * Tells the engine about a lock that was prolonged beside it. It takes a job whose lock has another end than when it
     * was taken for one that somebody else took over (FailedJobListener of Camunda 7.24), and would neither count its
     * failure nor free it before the lock ends.
     */
    void prolonged(String id, Timestamp end) {
        Optional.ofNullable(jobs.get(id))
                .map(JobFailureCollector::getJob)
                .ifPresent(job -> job.setLockExpirationTime(end));
    }
}

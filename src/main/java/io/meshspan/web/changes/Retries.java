package io.meshspan.web.changes;

import io.meshspan.engine.incident.IncidentDecisions;
import org.camunda.bpm.engine.ManagementService;
import org.springframework.stereotype.Component;

/**
 * Retries a step that has no retries left, or asks a person about it. The engine checks the user's right.
 */
@Component
class Retries {

    private final ManagementService management;
    private final ActiveJobs failed;
    private final IncidentDecisions decisions;

    Retries(ManagementService management, ActiveJobs failed, IncidentDecisions decisions) {
        this.management = management;
        this.failed = failed;
        this.decisions = decisions;
    }

    /**
     * One more attempt, at once.
     *
     * @param job as in {@code /now}
     * @throws NothingToDecide if the change has no such job without retries
     */
    void retry(String change, String job) {
        if (!rests(change, job)) {
            throw restsNoMore(job);
        }
        management.setJobRetries(job, 1);
    }

    /**
     * No attempt: opens a task that asks how to continue.
     *
     * @param job as in {@code /now}
     * @throws NothingToDecide if the change has no such job without retries, or its diagram cannot ask a person
     */
    void ask(String change, String job) {
        if (!rests(change, job) || !decisions.ask(job)) {
            throw restsNoMore(job);
        }
    }

    private boolean rests(String change, String job) {
        return failed.resting(change).contains(job);
    }

    private static NothingToDecide restsNoMore(String job) {
        return new NothingToDecide("No step of this change waits to be tried again as " + job
                + ": it may already be running or be done, or a person is asked how to continue");
    }
}

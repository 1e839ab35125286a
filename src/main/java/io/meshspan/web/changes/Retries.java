package io.meshspan.web.changes;

import io.meshspan.engine.incident.IncidentDecisions;
import org.camunda.bpm.engine.ManagementService;
import org.springframework.stereotype.Component;

/**
 * Has a step repeated that failed until nobody tried it any more, or puts it before a person; for whoever the engine gives
 * the right to.
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
     * One attempt, at once.
     *
     * @param job as {@code /now} tells it
     * @throws NothingToDecide if no step of the change rests with that job
     */
    void retry(String change, String job) {
        if (!rests(change, job)) {
            throw restsNoMore(job);
        }
        management.setJobRetries(job, 1);
    }

    /**
     * No attempt, but the question how to go on, which is a task then.
     *
     * @param job as {@code /now} tells it
     * @throws NothingToDecide if no step of the change rests with that job, or there is no such question for it
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
                + ": it may be running already, be done, or somebody is asked how to go on");
    }
}

package io.meshspan.web.changes;

import org.camunda.bpm.engine.ManagementService;
import org.springframework.stereotype.Component;

/** Has a step repeated that failed until nobody tried it any more; for whoever the engine gives the right to. */
@Component
class Retries {

    private final ManagementService management;
    private final FailedSteps failed;

    Retries(ManagementService management, FailedSteps failed) {
        this.management = management;
        this.failed = failed;
    }

    /**
     * One attempt, at once.
     *
     * @param job as {@code /now} tells it
     * @throws NothingToDecide if no step of the change rests with that job
     */
    void retry(String change, String job) {
        if (!failed.resting(change).contains(job)) {
            throw new NothingToDecide("No step of this change waits to be tried again as " + job
                    + ": it may be running already, or done");
        }
        management.setJobRetries(job, 1);
    }
}

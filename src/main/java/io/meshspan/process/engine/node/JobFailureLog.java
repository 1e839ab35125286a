package io.meshspan.process.engine.node;

import io.meshspan.finding.CauseChain;
import io.meshspan.finding.SanitizedException;
import io.meshspan.finding.TransientException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line in the log for a job that failed around its step: at the database, at the record of the change, in the engine. The
 * engine's own is off, for it is a stack trace, and for each passing fault of a step, which has its line already.
 */
final class JobFailureLog {

    private static final Logger LOG = LoggerFactory.getLogger(JobFailureLog.class);

    private JobFailureLog() {}

    static void tell(JobFailureCollector job) {
        Throwable failure = job.getFailure();
        if (failure != null && CauseChain.of(failure).noneMatch(JobFailureLog::isToldElsewhere)) {
            SanitizedException told = new SanitizedException(CauseChain.root(failure));
            LOG.warn("Job {} of step {} failed: {}", job.getJobId(), job.getFailedActivityId(), told.getMessage());
        }
    }

    /** Two transactions that met are the engine's everyday business, and not counted as a failure. */
    private static boolean isToldElsewhere(Throwable cause) {
        return cause instanceof TransientException
                || cause instanceof SanitizedException
                || cause instanceof OptimisticLockingException;
    }
}

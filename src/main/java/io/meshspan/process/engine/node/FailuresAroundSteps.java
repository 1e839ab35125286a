package io.meshspan.process.engine.node;

import io.meshspan.finding.PassingFault;
import io.meshspan.finding.UnforeseenEnd;
import java.util.Objects;
import java.util.stream.Stream;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line in the log for a job that failed around its step: at the database, at the record of the change, in the engine. The
 * engine's own is off, for it is a stack trace, and for each passing fault of a step, which has its line already.
 */
final class FailuresAroundSteps {

    private static final Logger LOG = LoggerFactory.getLogger(FailuresAroundSteps.class);

    private FailuresAroundSteps() {}

    static void tell(JobFailureCollector job) {
        Throwable failure = job.getFailure();
        if (failure != null && causes(failure).noneMatch(FailuresAroundSteps::isToldElsewhere)) {
            UnforeseenEnd told = new UnforeseenEnd(root(failure));
            LOG.warn("Job {} of step {} failed: {}", job.getJobId(), job.getFailedActivityId(), told.getMessage());
        }
    }

    /** Two transactions that met are the engine's everyday business, and not counted as a failure. */
    private static boolean isToldElsewhere(Throwable cause) {
        return cause instanceof PassingFault
                || cause instanceof UnforeseenEnd
                || cause instanceof OptimisticLockingException;
    }

    private static Throwable root(Throwable failure) {
        return causes(failure).reduce(failure, (before, cause) -> cause);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}

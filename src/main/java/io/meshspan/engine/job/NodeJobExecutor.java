package io.meshspan.engine.job;

import io.meshspan.finding.CauseChain;
import io.meshspan.finding.SanitizedException;
import io.meshspan.finding.TransientException;
import java.util.List;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.ExecuteJobsRunnable;
import org.camunda.bpm.engine.impl.jobexecutor.FailedJobListener;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.camunda.bpm.engine.spring.components.jobexecutor.SpringJobExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's executor, which also looks after failures that the engine cannot record: it would leave such a job locked and
 * tell nobody, and do the same again when the lock ends.
 */
final class NodeJobExecutor extends SpringJobExecutor {

    private final Runnable databaseLost;

    /** @param databaseLost told when nothing could be written about a failed job */
    NodeJobExecutor(Runnable databaseLost) {
        this.databaseLost = databaseLost;
    }

    @Override
    public Runnable getExecuteJobsRunnable(List<String> jobIds, ProcessEngineImpl engine) {
        return new ExecuteJobsRunnable(jobIds, engine) {
            @Override
            protected void executeJob(String id, CommandExecutor commands, JobFailureCollector job) {
                Recording recording = new Recording(commands);
                try {
                    super.executeJob(id, recording, job);
                } finally {
                    if (recording.failure == null) {
                        JobFailureLog.tell(job);
                    } else if (!UnrecordedFailure.write(commands, job, recording.failure)) {
                        databaseLost.run();
                    }
                }
            }
        };
    }

    /** Knows whether the last try to record the job's failure failed itself. */
    private static final class Recording implements CommandExecutor {

        private final CommandExecutor commands;
        private @Nullable RuntimeException failure;

        Recording(CommandExecutor commands) {
            this.commands = commands;
        }

        @Override
        public <T> T execute(Command<T> command) {
            if (!(command instanceof FailedJobListener)) {
                return commands.execute(command);
            }
            try {
                T done = commands.execute(command);
                failure = null;
                return done;
            } catch (RuntimeException e) {
                failure = e;
                throw e;
            }
        }
    }

    /**
     * A line in the log for a job that failed around its step: at the database, at the record of the change, in the engine. The
     * engine's own is off, for it is a stack trace, and for each passing fault of a step, which has its line already.
     */
    static final class JobFailureLog {

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
}

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
 * The engine's executor, extended for failures that the engine cannot record. By default, such a job would stay locked
 * without a message, and again after the lock ends.
 */
final class NodeJobExecutor extends SpringJobExecutor {

    private final Runnable databaseLost;

    /** @param databaseLost called when a failed job could not be recorded at all */
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

    /** Remembers whether the last attempt to record a job's failure failed, too. */
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
     * Logs one line for a job that failed outside of its step: at the database, at the record of the change, or in the
     * engine. The engine's own log is off: it prints a stack trace, also for each transient fault of a step, which has its
     * own line.
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

        /** Two conflicting transactions are normal for the engine, and do not count as a failure. */
        private static boolean isToldElsewhere(Throwable cause) {
            return cause instanceof TransientException
                    || cause instanceof SanitizedException
                    || cause instanceof OptimisticLockingException;
        }
    }
}

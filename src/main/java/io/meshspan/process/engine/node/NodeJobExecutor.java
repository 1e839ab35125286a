package io.meshspan.process.engine.node;

import java.util.List;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.ExecuteJobsRunnable;
import org.camunda.bpm.engine.impl.jobexecutor.FailedJobListener;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.camunda.bpm.engine.spring.components.jobexecutor.SpringJobExecutor;
import org.jspecify.annotations.Nullable;

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
}

package io.meshspan.engine.identity;

import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.ManagementServiceImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.SetJobRetriesCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.management.SetJobRetriesBuilderImpl;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;

/**
 * Allows a person to have a failed step tried again, and nothing else. The engine's own command could also move the due date
 * of a timer, stop a step by setting its retries to 0, and stop the clean-up job.
 */
final class JobRetries extends ManagementServiceImpl {

    private final ProcessEngineConfigurationImpl engine;

    JobRetries(ProcessEngineConfigurationImpl engine) {
        super(engine);
        this.engine = engine;
    }

    @Override
    public SetJobRetriesBuilderImpl setJobRetries(int retries) {
        boolean somebodyIsLoggedIn = engine.getIdentityService().getCurrentAuthentication() != null;
        return somebodyIsLoggedIn ? new OfFailedStep(commandExecutor, retries) : super.setJobRetries(retries);
    }

    private static AuthorizationException refused() {
        return new AuthorizationException(ForbiddenCommands.JOBS.words());
    }

    private static final class OfFailedStep extends SetJobRetriesBuilderImpl {

        OfFailedStep(CommandExecutor commands, int retries) {
            super(commands, retries);
        }

        @Override
        public void execute() {
            validateParameters();
            boolean nothingElse = retries > 0 && !isDueDateSet && jobDefinitionId == null && jobIds == null;
            if (!nothingElse) {
                throw refused();
            }
            commandExecutor.execute(new TryStepAgain(jobId, retries));
        }
    }

    /** Calls the engine's command, which is closed for callers from outside; inside this command it is allowed. */
    private record TryStepAgain(String job, int retries) implements Command<Void> {

        @Override
        public Void execute(CommandContext commands) {
            JobEntity found = commands.getJobManager().findJobById(job);
            if (found != null && !isFailedStep(found)) {
                throw refused();
            }
            return new SetJobRetriesCmd(job, null, retries, null, false).execute(commands);
        }

        private static boolean isFailedStep(JobEntity job) {
            return job.getProcessInstanceId() != null && (job.getRetries() == 0 || job.getExceptionMessage() != null);
        }
    }
}

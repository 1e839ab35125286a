package io.meshspan.engine.incident;

import io.meshspan.finding.FailureCode;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.PropertyChange;
import org.springframework.stereotype.Component;

/** Asks a person about a step that has no retries left, on the same path as for an expected failure. */
@Component
public final class IncidentDecisions {

    private final ProcessEngine engine;

    public IncidentDecisions(ProcessEngine engine) {
        this.engine = engine;
    }

    /** Why nobody can be asked about the step of this job; empty if somebody can be asked. */
    public Optional<String> hindrance(String job) {
        boolean open = execute(commands -> {
            JobEntity resting = commands.getJobManager().findJobById(job);
            return resting != null && ErrorPath.of(resting).isPresent();
        });
        return open ? Optional.empty() : Optional.of(NoErrorPath.WORDS);
    }

    /**
     * Returns whether the step had no retries left until now; if not, somebody else was faster.
     *
     * @throws NoErrorPath if its diagram does not ask a person
     * @throws org.camunda.bpm.engine.AuthorizationException if the user may not retry it either
     */
    public boolean ask(String job) {
        try {
            return execute(new EscalateIncidentCommand(job));
        } catch (OptimisticLockingException faster) {
            return false;
        }
    }

    private <T> T execute(Command<T> command) {
        return ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .getCommandExecutorTxRequired()
                .execute(command);
    }

    /** Runs a step without retries once more. It fails as if a person must decide; all in one transaction. */
    private static final class EscalateIncidentCommand implements Command<Boolean> {

        private final String id;

        EscalateIncidentCommand(String id) {
            this.id = id;
        }

        /** Returns whether it had no retries left. Needs the same right as a retry. */
        @Override
        public Boolean execute(CommandContext commands) {
            JobEntity job = commands.getJobManager().findJobById(id);
            if (job == null || job.getRetries() > 0) {
                return false;
            }
            commands.getProcessEngineConfiguration()
                    .getCommandCheckers()
                    .forEach(checker -> checker.checkUpdateRetriesJob(job));
            FailureCode code = ErrorPath.of(job).orElseThrow(NoErrorPath::new);
            log(commands, job);
            String message = Objects.requireNonNullElse(job.getExceptionMessage(), "It was not tried any more");
            FailStepRun.during(code, message, () -> run(commands, job));
            return true;
        }

        /** Runs as the job executor would; the authorization is checked already. */
        private static void run(CommandContext commands, JobEntity job) {
            commands.setCurrentJob(job);
            commands.runWithoutAuthorization(() -> {
                job.execute(commands);
                return job;
            });
        }

        private static void log(CommandContext commands, JobEntity job) {
            commands.getOperationLogManager()
                    .logJobOperation(
                            "AskForDecision",
                            job.getId(),
                            job.getJobDefinitionId(),
                            job.getProcessInstanceId(),
                            job.getProcessDefinitionId(),
                            job.getProcessDefinitionKey(),
                            new PropertyChange("failure", null, null));
        }
    }
}

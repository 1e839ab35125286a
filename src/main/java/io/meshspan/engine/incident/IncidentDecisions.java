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

/** Puts a step that failed until no attempt was left before a person, by the same way as an expected failure. */
@Component
public final class IncidentDecisions {

    private final ProcessEngine engine;

    public IncidentDecisions(ProcessEngine engine) {
        this.engine = engine;
    }

    /** Why nobody can be asked about the step of this job; empty if somebody can. */
    public Optional<String> hindrance(String job) {
        boolean open = execute(commands -> {
            JobEntity resting = commands.getJobManager().findJobById(job);
            return resting != null && ErrorPath.of(resting).isPresent();
        });
        return open ? Optional.empty() : Optional.of(NoErrorPath.WORDS);
    }

    /**
     * Whether the step rested until now; if not, somebody was faster.
     *
     * @throws NoErrorPath if its diagram has no question for it
     * @throws org.camunda.bpm.engine.AuthorizationException if whoever is logged in may not have it tried again either
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

    /** Runs a resting step once more, in which it fails as what a person must weigh; all in one transaction. */
    private static final class EscalateIncidentCommand implements Command<Boolean> {

        private final String id;

        EscalateIncidentCommand(String id) {
            this.id = id;
        }

        /** Whether it rested. The right that is needed is that to have it tried again. */
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

        /** As by the executor; what it does has been allowed. */
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

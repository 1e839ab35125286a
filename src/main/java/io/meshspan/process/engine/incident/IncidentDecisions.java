package io.meshspan.process.engine.incident;

import java.util.Optional;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
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
}

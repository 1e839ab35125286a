package io.meshspan.process.engine.incident;

import io.meshspan.finding.FailureCode;
import java.util.Objects;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.PropertyChange;

/** Runs a resting step once more, in which it fails as what a person must weigh; all in one transaction. */
final class EscalateIncidentCommand implements Command<Boolean> {

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

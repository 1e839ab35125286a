package io.meshspan.engine.job;

import io.meshspan.finding.CauseChain;
import io.meshspan.finding.SanitizedException;
import io.meshspan.finding.TransientException;
import java.time.Duration;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A failed attempt that the engine could not record. Its cause is then stored with the job, where the change's page shows
 * it. The attempt counts, and the last one creates an incident. If this cannot be stored either, the job is tried again each
 * minute, and shows the reason.
 */
final class UnrecordedFailure implements Command<Boolean> {

    private static final Logger LOG = LoggerFactory.getLogger(UnrecordedFailure.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final JobFailureCollector failed;
    private final String words;
    private final int attempts;

    private UnrecordedFailure(JobFailureCollector failed, String words, int attempts) {
        this.failed = failed;
        this.words = words;
        this.attempts = attempts;
    }

    /** @return whether the job shows it, and is unlocked for its next attempt */
    static boolean write(CommandExecutor commands, JobFailureCollector failed, RuntimeException recording) {
        String words = "%s. The attempt could not be put on record: %s"
                .formatted(told(Objects.requireNonNullElse(failed.getFailure(), recording)), told(recording));
        String hindrance = execute(commands, new UnrecordedFailure(failed, words, 1))
                .flatMap(problem -> execute(commands, new UnrecordedFailure(failed, words, 0)))
                .orElse("");
        LOG.error("Job {} of step {} failed: {}{}", failed.getJobId(), failed.getFailedActivityId(), words, hindrance);
        return hindrance.isEmpty();
    }

    /** @return what prevented it */
    private static Optional<String> execute(CommandExecutor commands, UnrecordedFailure failure) {
        try {
            var unused = commands.execute(failure);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(". Nor can its job show it: " + told(e));
        }
    }

    /** Messages written for people; for any other exception only type and place, as its message may contain a secret. */
    private static String told(Throwable failure) {
        return String.valueOf(CauseChain.of(failure)
                .filter(cause -> cause instanceof TransientException || cause instanceof SanitizedException)
                .findFirst()
                .orElseGet(() -> new SanitizedException(CauseChain.root(failure)))
                .getMessage());
    }

    /** Does nothing if another node has the job by now. */
    @Override
    public Boolean execute(CommandContext commands) {
        JobEntity job = commands.getJobManager().findJobById(failed.getJobId());
        String owner = commands.getProcessEngineConfiguration().getJobExecutor().getLockOwner();
        if (job != null && owner.equals(job.getLockOwner())) {
            job.setExceptionMessage(words);
            job.setDuedate(Date.from(ClockUtil.getCurrentTime().toInstant().plus(PAUSE)));
            job.unlock();
            job.setRetries(job.getRetries() - attempts);
        }
        return true;
    }
}

package io.meshspan.engine.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meshspan.engine.job.NodeJobExecutor.JobFailureLog;
import io.meshspan.finding.TransientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.history.event.HistoricIncidentEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricJobLogEvent;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.handler.DbHistoryEventHandler;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/** A failure that cannot be recorded is seen: at the job, as an incident where that is possible, and in the log. */
@ExtendWith(OutputCaptureExtension.class)
class NodeJobExecutorTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile Predicate<HistoryEvent> unrecordable = event -> false;
    private @Nullable ProcessEngine engine;

    @BeforeEach
    void start() {
        ClockUtil.reset();
        NodeJobExecutor executor = new NodeJobExecutor(lost::incrementAndGet);
        executor.setTaskExecutor(new SimpleAsyncTaskExecutor());
        executor.setLockOwner("eu-1");
        executor.setLockTimeInMillis(Math.toIntExact(Duration.ofMinutes(30).toMillis()));
        executor.setMaxWait(200);
        StandaloneInMemProcessEngineConfiguration configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setJdbcUrl("jdbc:h2:mem:job-executor-" + UUID.randomUUID());
        configuration.setProcessEngineName("job-executor");
        configuration.setHistory(ProcessEngineConfiguration.HISTORY_FULL);
        configuration.setIdGenerator(new StrongUuidGenerator());
        configuration.setFailedJobRetryTimeCycle("PT0.2S,PT0.2S");
        configuration.setBeans(Map.of("step", (JavaDelegate) execution -> {
            attempts.incrementAndGet();
            throw new TransientException("cluster1: no answer");
        }));
        configuration.setHistoryEventHandler(new DbHistoryEventHandler() {
            @Override
            public void handleEvent(HistoryEvent event) {
                if (unrecordable.test(event)) {
                    throw new IllegalStateException("the record is full of secrets");
                }
                super.handleEvent(event);
            }
        });
        configuration.setJobExecutor(executor);
        configuration.setJobExecutorActivate(true);
        engine = configuration.buildProcessEngine();
        engine.getRepositoryService()
                .createDeployment()
                .addModelInstance(
                        "one-step.bpmn",
                        Bpmn.createExecutableProcess("one-step")
                                .camundaHistoryTimeToLive(1)
                                .startEvent()
                                .serviceTask("Task_Step")
                                .camundaAsyncBefore()
                                .camundaDelegateExpression("${step}")
                                .endEvent()
                                .done())
                .deploy();
    }

    @Test
    void shouldTryAgainAndMakeAnIncidentOfWhatIsRecorded() {
        startChange();

        await().atMost(SOON).until(() -> job().getRetries() == 0);

        assertThat(attempts).hasValue(3);
        assertThat(job().getExceptionMessage()).isEqualTo("cluster1: no answer");
        assertThat(incidents()).hasSize(1);
    }

    @Test
    void shouldShowAndCountAnAttemptWhoseFailureCannotBeRecorded(CapturedOutput log) {
        unrecordable = event -> event instanceof HistoricJobLogEvent failed && failed.isFailureLog();
        startChange();

        await().atMost(SOON).until(() -> job().getExceptionMessage() != null);

        assertThat(job().getExceptionMessage())
                .startsWith("cluster1: no answer. The attempt could not be put on record: Unexpected"
                        + " java.lang.IllegalStateException at ")
                .doesNotContain("secrets");
        assertThat(((JobEntity) job()).getLockOwner()).isNull();
        assertThat(job().getRetries()).isEqualTo(2);
        assertThat(log).contains("ERROR", "of step Task_Step failed", "could not be put on record");

        // when
        tryNow();

        // then
        await().atMost(SOON).until(() -> job().getRetries() == 1);
        tryNow();
        await().atMost(SOON).until(() -> incidents().size() == 1);
        assertThat(attempts).hasValue(3);
        assertThat(lost).hasValue(0);
    }

    @Test
    void shouldShowWhyWhereNotEvenAnIncidentCanBeRecorded() {
        unrecordable = event -> event instanceof HistoricIncidentEventEntity
                || (event instanceof HistoricJobLogEvent failed && failed.isFailureLog());
        String change = startChange();
        await().atMost(SOON).until(() -> job().getExceptionMessage() != null);
        engine().getManagementService().setJobRetries(job().getId(), 1);

        tryNow();

        await().atMost(SOON).until(() -> attempts.get() == 2 && ((JobEntity) job()).getLockOwner() == null);
        assertThat(job().getProcessInstanceId()).isEqualTo(change);
        assertThat(job().getRetries()).isEqualTo(1);
        assertThat(job().getExceptionMessage()).contains("could not be put on record");
        assertThat(lost).hasValue(0);
    }

    /** The engine counts them as no failure, and tries such a job again. */
    @Test
    void shouldLogWhatFailedAroundAStep(CapturedOutput log) {
        JobFailureLog.tell(failed(new IllegalStateException("with a secret")));
        JobFailureLog.tell(failed(new TransientException("cluster1: no answer")));

        assertThat(log)
                .contains("Job 1 of step Task_Step failed: Unexpected java.lang.IllegalStateException at ")
                .doesNotContain("secret", "no answer");
    }

    private static JobFailureCollector failed(Throwable failure) {
        var job = new JobFailureCollector("1");
        job.setFailedActivityId("Task_Step");
        job.setFailure(failure);
        return job;
    }

    private String startChange() {
        return engine().getRuntimeService()
                .startProcessInstanceByKey("one-step")
                .getId();
    }

    private void tryNow() {
        engine().getManagementService().setJobDuedate(job().getId(), Date.from(Instant.now()));
    }

    private Job job() {
        return engine().getManagementService().createJobQuery().singleResult();
    }

    private List<?> incidents() {
        return engine().getRuntimeService().createIncidentQuery().list();
    }

    private ProcessEngine engine() {
        return Objects.requireNonNull(engine);
    }

    @AfterEach
    void close() {
        engine().close();
    }
}

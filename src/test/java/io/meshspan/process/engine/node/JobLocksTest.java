package io.meshspan.process.engine.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meshspan.finding.TransientException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.history.HistoricJobLog;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.core.simple.JdbcClient;

class JobLocksTest {

    private static final NodeProperties NODE = new NodeProperties("eu-1", Duration.ofSeconds(40));

    private final NodeId id = new NodeId(NODE, new ServerProperties());
    private final RunningJobs running = new RunningJobs();
    private final AtomicInteger attempts = new AtomicInteger();
    private @Nullable ProcessEngine engine;

    @BeforeEach
    void start() {
        ClockUtil.reset();
        NodeJobExecutor executor = new NodeJobExecutor(running);
        executor.setTaskExecutor(new SimpleAsyncTaskExecutor());
        executor.setLockOwner(id.toString());
        executor.setLockTimeInMillis(Math.toIntExact(NODE.takeOver().toMillis()));
        executor.setMaxWait(200);
        StandaloneInMemProcessEngineConfiguration configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setJdbcUrl("jdbc:h2:mem:job-locks-" + UUID.randomUUID());
        configuration.setProcessEngineName("job-locks");
        configuration.setHistory(ProcessEngineConfiguration.HISTORY_FULL);
        configuration.setIdGenerator(new StrongUuidGenerator());
        configuration.setFailedJobRetryTimeCycle("PT0.2S,PT0.2S");
        configuration.setBeans(Map.of("step", (JavaDelegate) execution -> step(configuration.getDataSource())));
        configuration.setJobExecutor(executor);
        configuration.setJobExecutorActivate(true);
        engine = configuration.buildProcessEngine();
    }

    @AfterEach
    void close() {
        engine().close();
    }

    /** The lock is prolonged for 40 s; who waited for its end would be late by far, and would not have counted. */
    @Test
    void shouldTryAgainSoonAndCountWhatFailedAfterItsLockWasProlonged() {
        // given
        engine().getRepositoryService()
                .createDeployment()
                .addModelInstance(
                        "one-step.bpmn",
                        Bpmn.createExecutableProcess("one-step")
                                .camundaHistoryTimeToLive(1)
                                .startEvent()
                                .serviceTask()
                                .camundaAsyncBefore()
                                .camundaDelegateExpression("${step}")
                                .endEvent()
                                .done())
                .deploy();

        // when
        engine().getRuntimeService().startProcessInstanceByKey("one-step");

        // then
        await().atMost(Duration.ofSeconds(20)).until(() -> attempts.get() == 2);
        assertThat(engine().getHistoryService()
                        .createHistoricJobLogQuery()
                        .failureLog()
                        .list())
                .extracting(HistoricJobLog::getJobExceptionMessage)
                .containsExactly("not yet");
    }

    private void step(DataSource database) {
        new JobLocks(NODE, id, running, JdbcClient.create(database)).prolong();
        if (attempts.incrementAndGet() == 1) {
            throw new TransientException("not yet");
        }
    }

    private ProcessEngine engine() {
        return Objects.requireNonNull(engine);
    }
}

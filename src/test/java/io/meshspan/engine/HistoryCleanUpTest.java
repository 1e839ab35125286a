package io.meshspan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.meshspan.audit.AuditProperties;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine deletes what it keeps of ended changes: at night, and no later than the records go. */
class HistoryCleanUpTest {

    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);

    @AfterEach
    void presentTime() {
        ClockUtil.reset();
    }

    @ParameterizedTest
    @CsvSource({"3650, 179, 181", "30, 29, 31"})
    void shouldDeleteTheHistoryOfAnEndedChangeInTime(int retention, int before, int after) {
        // given
        at(FIRST_DAY, "12:00");
        ProcessEngine engine = engine(Duration.ofDays(retention));
        engine.getRuntimeService().startProcessInstanceByKey("change");
        assertThat(due(engine)).isBetween(LocalTime.of(2, 0), LocalTime.of(5, 0));

        // when
        at(FIRST_DAY.plusDays(before), "02:30");
        cleanUp(engine);

        // then
        assertThat(engine.getHistoryService()
                        .createHistoricProcessInstanceQuery()
                        .count())
                .isOne();

        // and when
        at(FIRST_DAY.plusDays(after), "02:30");
        cleanUp(engine);

        // then
        assertThat(engine.getHistoryService()
                        .createHistoricProcessInstanceQuery()
                        .count())
                .isZero();
        engine.close();
    }

    @Test
    void shouldRefuseATimeThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HistoryProperties("2 am", "05:00"))
                .withMessageContaining("meshspan.history.clean-up-from is '2 am'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HistoryProperties("02:00", "25:00"))
                .withMessageContaining("meshspan.history.clean-up-until is '25:00'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HistoryProperties("02:00", "02:00"))
                .withMessageContaining("must differ");
    }

    private static void at(LocalDate day, String time) {
        ClockUtil.setCurrentTime(Date.from(
                day.atTime(LocalTime.parse(time)).atZone(ZoneId.systemDefault()).toInstant()));
    }

    private static LocalTime due(ProcessEngine engine) {
        List<Job> jobs = engine.getHistoryService().findHistoryCleanupJobs();
        assertThat(jobs).isNotEmpty();
        return jobs.get(0)
                .getDuedate()
                .toInstant()
                .atZone(ZoneId.systemDefault())
                .toLocalTime();
    }

    private static void cleanUp(ProcessEngine engine) {
        engine.getHistoryService()
                .findHistoryCleanupJobs()
                .forEach(job -> engine.getManagementService().executeJob(job.getId()));
    }

    private static ProcessEngine engine(Duration retention) {
        StandaloneInMemProcessEngineConfiguration configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setProcessEngineName("history-of-" + retention.toDays());
        configuration.setJdbcUrl("jdbc:h2:mem:history-of-" + retention.toDays() + ";DB_CLOSE_DELAY=-1");
        configuration.setJobExecutorActivate(false);
        configuration.setHistory(ProcessEngineConfiguration.HISTORY_FULL);
        configuration
                .getProcessEnginePlugins()
                .add(new HistoryCleanUp(new HistoryProperties("02:00", "05:00"), new AuditProperties(retention)));
        ProcessEngine engine = configuration.buildProcessEngine();
        engine.getRepositoryService()
                .createDeployment()
                .addModelInstance(
                        "change.bpmn",
                        Bpmn.createExecutableProcess("change")
                                .camundaHistoryTimeToLiveString("P180D")
                                .startEvent()
                                .endEvent()
                                .done())
                .deploy();
        return engine;
    }
}

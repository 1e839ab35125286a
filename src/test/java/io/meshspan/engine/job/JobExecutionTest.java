package io.meshspan.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.node.NodeId;
import io.meshspan.node.NodeProperties;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.spring.boot.starter.configuration.impl.DefaultJobConfiguration.JobConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;

class JobExecutionTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withUserConfiguration(Settings.class, JobExecution.class)
            .withBean(NodeId.class)
            .withBean(JobConfiguration.CAMUNDA_TASK_EXECUTOR_QUALIFIER, TaskExecutor.class, SyncTaskExecutor::new)
            .withPropertyValues(
                    "meshspan.node.id=eu-1",
                    "meshspan.node.take-over=20s",
                    "meshspan.node.job-lock=20m",
                    "camunda.bpm.job-execution.wait-time-in-millis=250",
                    "camunda.bpm.job-execution.max-wait=1000",
                    "camunda.bpm.job-execution.max-jobs-per-acquisition=7");

    @Test
    void shouldHaveTheSettingsOfTheNodeAndOfTheEngine() {
        application.run(context -> {
            JobExecutor executor = context.getBean(JobExecutor.class);
            assertThat(executor.getLockOwner()).isEqualTo("eu-1");
            assertThat(executor.getLockTimeInMillis()).isEqualTo(1_200_000);
            assertThat(executor.getWaitTimeInMillis()).isEqualTo(250);
            assertThat(executor.getMaxWait()).isEqualTo(1000);
            assertThat(executor.getMaxJobsPerAcquisition()).isEqualTo(7);
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({NodeProperties.class, ServerProperties.class})
    static class Settings {}
}

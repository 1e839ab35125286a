package io.meshspan.engine.job;

import io.meshspan.node.NodeId;
import io.meshspan.node.NodeProperties;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.NotifyAcquisitionRejectedJobsHandler;
import org.camunda.bpm.spring.boot.starter.configuration.impl.DefaultJobConfiguration.JobConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskExecutor;

/** Replaces the starter's executor, with the same settings. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "camunda.bpm.job-execution.enabled", matchIfMissing = true)
class JobExecution {

    @Bean
    @ConfigurationProperties("camunda.bpm.job-execution")
    static JobExecutor jobExecutor(
            @Qualifier(JobConfiguration.CAMUNDA_TASK_EXECUTOR_QUALIFIER) TaskExecutor threads,
            ObjectProvider<NodeHeartbeat> heartbeat,
            NodeProperties node,
            NodeId id) {
        NodeJobExecutor executor =
                new NodeJobExecutor(() -> heartbeat.getObject().databaseWasLost());
        executor.setTaskExecutor(threads);
        executor.setRejectedJobsHandler(new NotifyAcquisitionRejectedJobsHandler());
        executor.setLockTimeInMillis(Math.toIntExact(node.jobLock().toMillis()));
        executor.setLockOwner(id.toString());
        return executor;
    }
}

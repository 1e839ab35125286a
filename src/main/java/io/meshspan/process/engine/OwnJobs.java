package io.meshspan.process.engine;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * After a crash a node takes its own work back at once. With the engine's random lock owner, what the dead process held
 * would stay locked for five minutes.
 */
@Component
final class OwnJobs extends AbstractProcessEnginePlugin {

    private static final Logger LOG = LoggerFactory.getLogger(OwnJobs.class);

    private final NodeProperties node;

    OwnJobs(NodeProperties node) {
        this.node = node;
    }

    @Override
    public void postProcessEngineBuild(ProcessEngine engine) {
        ProcessEngineConfigurationImpl configuration =
                (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        String owner = node.idOrHostName();
        configuration.getJobExecutor().setLockOwner(owner);
        int freed = JdbcClient.create(configuration.getDataSource())
                .sql("update ACT_RU_JOB set LOCK_OWNER_ = null, LOCK_EXP_TIME_ = null where LOCK_OWNER_ = ?")
                .param(owner)
                .update();
        if (freed > 0) {
            LOG.info("{} jobs of this node were under way when it stopped; they are taken up again", freed);
        }
    }
}

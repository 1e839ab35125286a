package io.meshspan.engine.job;

import io.meshspan.database.EngineTables;
import io.meshspan.node.NodeClaim;
import io.meshspan.node.NodeId;
import java.sql.SQLException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * After a crash, a node takes its own jobs back at once, instead of waiting until their locks end. The engine's history
 * stores the node with each attempt.
 */
@Component
final class JobRecovery extends AbstractProcessEnginePlugin {

    private static final Logger LOG = LoggerFactory.getLogger(JobRecovery.class);

    private final NodeId id;
    private final NodeClaim claim;

    JobRecovery(NodeId id, NodeClaim claim) {
        this.id = id;
        this.claim = claim;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        configuration.setHostname(id.toString());
    }

    @Override
    public void postProcessEngineBuild(ProcessEngine engine) {
        claim();
        ProcessEngineConfigurationImpl configuration =
                (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        int freed = free(JdbcClient.create(configuration.getDataSource()), id.toString());
        if (freed > 0) {
            LOG.info("{} jobs of this node were running when it stopped; they run again", freed);
        }
    }

    /**
     * Unlocks jobs that nobody executes any more. Their rows keep their revision: if somebody still executes one, the first
     * to write wins.
     */
    static int free(JdbcClient database, String node) {
        return database.sql(EngineTables.FREE_JOBS).param(node).update();
    }

    private void claim() {
        try {
            claim.take();
        } catch (SQLException e) {
            throw new IllegalStateException("The database does not answer: " + e.getMessage(), e);
        }
    }
}

package io.meshspan.engine.job;

import io.meshspan.node.AdvisoryLock;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * One node at a time creates or changes the database's tables and their initial content. The engine itself checks for its
 * tables and creates them: if two nodes started on an empty database, both would try, and one would fail.
 */
@Configuration(proxyBeanMethods = false)
class StartupLock {

    private static final Logger LOG = LoggerFactory.getLogger(StartupLock.class);
    private static final int SECONDS = 300;

    private final AdvisoryLock lock;

    StartupLock(DataSource database, DataSourceProperties settings) {
        this.lock = new AdvisoryLock(database, settings, "meshspan start");
    }

    /** The migrations or the engine take the lock, whichever uses the tables first. */
    @Bean
    FlywayMigrationStrategy migrateInTurn() {
        return flyway -> {
            take();
            flyway.migrate();
        };
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    AbstractProcessEnginePlugin createTablesInTurn() {
        return new AbstractProcessEnginePlugin() {
            @Override
            public void preInit(ProcessEngineConfigurationImpl configuration) {
                take();
            }
        };
    }

    /** Waits for other nodes that are starting, at most five minutes. */
    private void take() {
        try {
            if (!lock.tryTake()) {
                LOG.info("Another node is starting on this database; this node continues when that one is ready");
                lock.await(SECONDS);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(
                    ("This node cannot get the start-up lock of the database (perhaps another node has been starting"
                                    + " for more than %d s): %s")
                            .formatted(SECONDS, e.getMessage()),
                    e);
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    void giveBack() {
        try {
            lock.release();
        } catch (SQLException e) {
            LOG.warn("The start-up lock could not be released; it ends with this node's connection", e);
        }
    }
}
